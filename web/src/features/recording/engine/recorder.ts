import { i18n } from '@lingui/core';
import { accepted, errors, type Outcome, refused } from '#contract/errors.ts';
import type { ParticipantId } from '#contract/ids.ts';
import { beginRecordingPart, finishRecordingPart } from '#contract/recording/http.ts';
import { type RecordingId, RecordingPartId } from '#contract/recording/ids.ts';
import { newRequestId } from '#web/http/request-id.ts';
import type { Studio } from '../../annotation/index.ts';
import type { ToolsHost } from '../../session/index.ts';
import { chooseRecorderType, openCanvasTake } from './canvas-take.ts';
import { chooseFormats } from './formats.ts';
import type { FromWorker } from './messages.ts';
import type { RecorderState } from './state.ts';
import { givesFrames, openTake, type Take } from './take.ts';

/** One part of a recording, from the asking to the last byte. */
export interface Part {
  capture(who: ReadonlySet<ParticipantId>): void;
  /** Resolves when it is over, in whatever way. */
  end(): Promise<void>;
}

interface PartParts {
  readonly host: ToolsHost;
  readonly studio: Studio;
  readonly recordingId: RecordingId;
  /** Asks who may be captured now, which may change while the part is asked for. */
  readonly who: () => ReadonlySet<ParticipantId>;
  readonly put: (state: RecorderState) => void;
}

const FINISH_TRIES = 8;
const AGAIN_MS = 1_000;

/** Asks the server for a part and begins it; it ends with `life`. */
export async function beginPart(life: AbortSignal, parts: PartParts): Promise<Outcome<Part>> {
  const { host, studio, recordingId, who, put } = parts;
  const formats = givesFrames() ? await chooseFormats() : null;
  const plain = chooseRecorderType();
  const type = formats?.type ?? plain?.type;
  if (type === undefined) return refused('failed');
  const partId = RecordingPartId.parse(newRequestId());
  const sessionId = host.facts.session.get().id;
  const { tabId } = host;
  const begun = await host.ask(beginRecordingPart, {
    params: { sessionId, recordingId },
    body: { requestId: newRequestId(), partId, tabId, type },
    signal: life,
  });
  if (!begun.ok) return begun;

  const over = new AbortController();
  const until = AbortSignal.any([life, over.signal]);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  until.addEventListener('abort', () => resolve(), { once: true });
  let hasBegun = false;
  let ends = false;
  const tellWhich = () => {
    if (!ends && !until.aborted) put({ at: who().size === 0 ? 'paused' : hasBegun ? 'recording' : 'starting' });
  };

  /** The file is made without it too, a little later. */
  const finish = async () => {
    for (let tries = 0; tries < FINISH_TRIES && !life.aborted; tries++) {
      const said = await host.ask(finishRecordingPart, {
        params: { sessionId, recordingId, partId },
        body: { requestId: newRequestId() },
        signal: life,
      });
      if (said.ok || !errors[said.code].retry) return;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  };
  const close = (state: RecorderState) => {
    if (until.aborted) return;
    put(state);
    over.abort();
  };
  const hear = async (message: FromWorker) => {
    switch (message.kind) {
      case 'began':
        hasBegun = true;
        return tellWhich();
      case 'left':
        return ends ? put({ at: 'sending', left: message.bytes }) : undefined;
      case 'done':
        await finish();
        return close({ at: 'idle' });
      case 'trouble':
        return close({ at: 'failed', why: troubleWords(message.trouble) });
    }
  };
  const takeParts = {
    host,
    studio,
    what: { purpose: 'recording', sessionId, partId },
    tell: (message: FromWorker) => void hear(message),
  } as const;
  const take: Take | null =
    formats === null
      ? openCanvasTake(until, takeParts, plain?.mime ?? type)
      : openTake(until, { ...takeParts, formats });
  if (take === null) return refused('failed');
  take.capture(who());
  tellWhich();

  return accepted({
    capture(now) {
      take.capture(now);
      tellWhich();
    },
    end() {
      if (!ends && !until.aborted) {
        ends = true;
        put({ at: 'sending', left: 0 });
        take.end();
      }
      return ended;
    },
  });
}

function troubleWords(trouble: Extract<FromWorker, { kind: 'trouble' }>['trouble']): string {
  switch (trouble) {
    case 'away-too-long':
      return i18n._('There was no connection to the server for too long, so the recording has ended.');
    case 'encoder':
      return i18n._('This browser could not go on recording. What was recorded until then is kept.');
    default:
      return i18n._('The server takes no more of this recording, so it has ended.');
  }
}
