/** Collects what is to be said to one page for a moment, so that answers and candidates of both connections travel together. */
import { CANDIDATES_LIMIT, PARTS_LIMIT, type SignalPart } from '#contract/call/index.ts';

export interface Outbox {
  put(part: SignalPart, broad?: boolean): void;
  /** Nothing leaves until the promise has settled, or for `ms` at most. */
  holdFor(promise: Promise<unknown>, ms: number): void;
  flush(): void;
  /** Forgets what waits: it was meant for a page that is gone. */
  clear(): void;
}

/** Host candidates come within this time of the description. */
const COLLECT_MS = 10;

function joins(last: SignalPart | undefined, part: SignalPart): boolean {
  if (last?.kind !== 'candidates' || part.kind !== 'candidates') return false;
  return (
    last.connection === part.connection &&
    last.attempt === part.attempt &&
    last.round === part.round &&
    last.candidates.length + part.candidates.length <= CANDIDATES_LIMIT
  );
}

/** Puts candidates of one connection into one part. */
function compact(parts: readonly SignalPart[]): SignalPart[] {
  const result: SignalPart[] = [];
  for (const part of parts) {
    const at = result.findIndex((earlier) => joins(earlier, part));
    const earlier = result[at];
    if (earlier?.kind === 'candidates' && part.kind === 'candidates') {
      result[at] = { ...earlier, candidates: [...earlier.candidates, ...part.candidates] };
    } else result.push(part);
  }
  return result;
}

export function createOutbox(signal: AbortSignal, deliver: (parts: SignalPart[], broad: boolean) => void): Outbox {
  let waiting: SignalPart[] = [];
  let broadly = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = false;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    held = false;
    const parts = compact(waiting);
    const broad = broadly;
    waiting = [];
    broadly = false;
    for (let i = 0; i < parts.length; i += PARTS_LIMIT) deliver(parts.slice(i, i + PARTS_LIMIT), broad);
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  return {
    put(part, broad = false) {
      if (signal.aborted) return;
      waiting.push(part);
      broadly ||= broad;
      if (!held && timer === undefined) timer = setTimeout(flush, COLLECT_MS);
    },
    holdFor(promise, ms) {
      held = true;
      clearTimeout(timer);
      timer = setTimeout(flush, ms);
      const release = () => held && !signal.aborted && flush();
      promise.then(release, release);
    },
    flush,
    clear() {
      waiting = [];
    },
  };
}
