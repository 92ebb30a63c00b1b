import { reportQuality } from '#contract/call/quality.ts';
import type { SessionId } from '#contract/ids.ts';
import { addSamples, type Measured, nothingMeasured, qualityOf, type Sample } from '#core/call/index.ts';
import type { Ask } from '#web/http/client.ts';
import { type Readable, watch } from '#web/state/store.ts';
import type { Screen } from './screen-model.ts';

export interface QualityParts {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  readonly screen: Readable<Screen>;
  /** Asks the connections what they have counted. */
  readonly measure: () => Promise<readonly Sample[]>;
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** Calls back when the page is put away, perhaps for good. */
  readonly onHidden: (life: AbortSignal, run: () => void) => void;
}

const SAMPLE_MS = 5_000;
const REPORT_MS = 60_000;

/** A9: measures the call while this tab is in the session, and says how it was: every minute, on leaving, and when the page goes. */
export function keepQuality(life: AbortSignal, parts: QualityParts): void {
  const { ask, sessionId, screen, measure, now, onHidden } = parts;
  let measured: Measured = nothingMeasured;
  let measuredAt = now();
  let said = 0;
  let asking = false;

  const take = async () => {
    if (asking) return;
    asking = true;
    const samples = await measure().catch(() => null);
    asking = false;
    const at = now();
    if (samples !== null && samples.length > 0 && screen.get().at === 'in')
      measured = addSamples(measured, samples, (at - measuredAt) / 1000);
    measuredAt = at;
    if ((measured.seconds - said) * 1000 >= REPORT_MS) say();
  };
  const say = () => {
    const quality = qualityOf(measured);
    if (quality === null || measured.seconds === said) return;
    said = measured.seconds;
    // What does not arrive is in the next one.
    void ask(reportQuality, { params: { sessionId }, body: quality, keepalive: true });
  };

  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    say();
  };
  watch(life, screen, ({ at }) => {
    if (at !== 'in') return stop();
    if (timer !== undefined) return;
    measuredAt = now();
    timer = setInterval(() => void take(), SAMPLE_MS);
  });
  onHidden(life, () => {
    if (timer !== undefined) say();
  });
  life.addEventListener('abort', stop, { once: true });
}
