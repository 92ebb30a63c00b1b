import * as routes from '#contract/annotation/http.ts';
import type { PictureId } from '#contract/annotation/ids.ts';
import { accepted, errors, type Outcome, type Refusal } from '#contract/errors.ts';
import { RequestId, type SessionId } from '#contract/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What a person does to the drawings, in the words of the fact that it becomes. */
export type DeedBody = Extract<SessionEventBody, { kind: `drawing${string}` | `picture-${string}` }>;

/** A deed on its way: shown here at once, a fact once the server has it. */
export interface Deed {
  readonly requestId: RequestId;
  readonly body: DeedBody;
  /** The number of the fact that it has become; null while it is on its way. */
  readonly seq: number | null;
}

export interface Deeds {
  /** In the order they were done; those that the log has are gone from here. */
  readonly pending: ReadableStore<readonly Deed[]>;
  /** Does it: here at once, at the server in order, once, repeated until the network lets it through. */
  act(body: DeedBody): void;
  /** The log has been heard up to this number. */
  settle(lastSeq: number): void;
}

interface DeedsParts {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  /** Resolves once the server has the picture. */
  readonly kept: (id: PictureId) => Promise<Outcome<null>>;
  /** Waits, at the longest until the network is back. */
  readonly pause: (life: AbortSignal, ms: number) => Promise<void>;
  /** The server does not take it; it is gone from here, too. */
  readonly onRefused: (refusal: Refusal, body: DeedBody) => void;
}

const AGAIN_MS = [300, 600, 1_200, 2_500, 5_000];
/** A server that fails at something, or a place in the session that is not back: not for ever. */
const TRIES = 12;

/** Makes the outbox of what one does to the drawings; it ends with `life`. */
export function createDeeds(life: AbortSignal, { ask, sessionId, kept, pause, onRefused }: DeedsParts): Deeds {
  const pending = createStore<readonly Deed[]>([]);
  let last: Promise<void> = Promise.resolve();
  let heard = 0;

  const drop = (gone: (deed: Deed) => boolean) => {
    const left = pending.get().filter((deed) => !gone(deed));
    if (left.length < pending.get().length) pending.set(left);
  };

  const tryOnce = async (deed: Deed): Promise<Outcome<SessionEvent>> => {
    const picture = pictureOf(deed.body);
    const ready = picture === null ? accepted(null) : await kept(picture);
    return ready.ok ? tell(ask, sessionId, deed) : ready;
  };
  const became = (deed: Deed, seq: number) => {
    pending.set(pending.get().map((one) => (one.requestId === deed.requestId ? { ...one, seq } : one)));
    settle(heard);
  };
  const giveUp = (deed: Deed, refusal: Refusal) => {
    drop((one) => one.requestId === deed.requestId);
    // Somebody was quicker with the same: what was wanted is so.
    if (refusal.code !== 'not-in-this-state') onRefused(refusal, deed.body);
  };

  const send = async (deed: Deed): Promise<void> => {
    for (let attempt = 0; !life.aborted; attempt += 1) {
      const outcome = await tryOnce(deed);
      if (life.aborted) return;
      if (outcome.ok) return became(deed, outcome.value.seq);
      if (!worthAgain(outcome, attempt)) return giveUp(deed, outcome);
      await pause(life, AGAIN_MS[Math.min(attempt, AGAIN_MS.length - 1)] ?? 5_000);
    }
  };

  const settle = (lastSeq: number) => {
    heard = Math.max(heard, lastSeq);
    drop((deed) => deed.seq !== null && deed.seq <= heard);
  };

  return {
    pending,
    act(body) {
      const deed: Deed = { requestId: RequestId.parse(newRequestId()), body, seq: null };
      pending.set([...pending.get(), deed]);
      last = last.then(() => send(deed));
    },
    settle,
  };
}

/** The network comes back, and so does one's place in the session; other failures not for ever. */
function worthAgain({ code }: Refusal, attempt: number): boolean {
  if (code === 'unavailable') return true;
  return (errors[code].retry || code === 'not-joined') && attempt + 1 < TRIES;
}

function pictureOf(body: DeedBody): PictureId | null {
  if (body.kind === 'picture-frozen') return body.pictureId;
  if (body.kind !== 'drawing-made' || body.drawing.surface.kind === 'screen') return null;
  return body.drawing.surface.pictureId;
}

function tell(ask: Ask, sessionId: SessionId, { requestId, body }: Deed): Promise<Outcome<SessionEvent>> {
  const params = { sessionId };
  switch (body.kind) {
    case 'drawing-made':
      return ask(routes.makeDrawing, { params, body: { requestId, drawing: body.drawing } });
    case 'drawing-removed':
      return ask(routes.removeDrawing, { params: { ...params, drawingId: body.drawingId }, body: { requestId } });
    case 'drawing-restored':
      return ask(routes.restoreDrawing, { params: { ...params, drawingId: body.drawingId }, body: { requestId } });
    case 'drawings-cleared':
      return ask(routes.clearDrawings, { params, body: { requestId, whose: body.whose } });
    case 'picture-frozen':
      return ask(routes.freezePicture, {
        params,
        body: { requestId, participantId: body.participantId, pictureId: body.pictureId },
      });
    case 'picture-released':
      return ask(routes.releasePicture, { params, body: { requestId } });
  }
}
