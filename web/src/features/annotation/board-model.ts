import type { DrawingId } from '#contract/annotation/ids.ts';
import { DeviceId, MemberId, type ParticipantId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { type Board, emptyBoard, extendBoard, redoOf, undoOf } from '#core/annotation/board.ts';
import type { SessionLog } from '#core/session/transcript.ts';
import { createStore, type ReadableStore, watch } from '#web/state/store.ts';
import type { Deeds } from './deeds.ts';

export interface BoardModel {
  /** What is drawn, with one's own deeds that are still on their way. */
  readonly board: ReadableStore<Board>;
  /** Whether a drawing is one's own. */
  isOwn(id: DrawingId): boolean;
  /** Takes one's newest drawing away, or brings back the one undone last. False when there is none. */
  undo(): boolean;
  redo(): boolean;
  remove(id: DrawingId): void;
  clear(whose: 'own' | 'all'): void;
  /** Back to the live picture, if one is frozen. */
  release(): void;
}

interface BoardParts {
  readonly log: ReadableStore<SessionLog>;
  readonly deeds: Deeds;
  /** This person's place in the session. */
  readonly you: () => { readonly participantId: ParticipantId | null; readonly as: 'expert' | 'codeUser' };
}

/** Makes the model: a fold over the session's log, and over what is about to be in it. */
export function createBoardModel(life: AbortSignal, { log, deeds, you }: BoardParts): BoardModel {
  const board = createStore(emptyBoard);
  let facts = emptyBoard;
  let read = 0;

  const readLog = ({ lines, lastSeq }: SessionLog) => {
    const events: SessionEvent[] = [];
    for (const line of lines.slice(read)) {
      const { seq, at, author } = line;
      if (line.kind === 'happened') events.push({ seq, at, author, requestId: null, body: line.what });
    }
    read = lines.length;
    facts = extendBoard(facts, events);
    deeds.settle(lastSeq);
  };

  const me = (): Exclude<Person, { kind: 'system' }> | null => {
    const { participantId, as } = you();
    const own = log.get().participants.find((one) => one.id === participantId);
    if (own === undefined || own.person === null) return null;
    return as === 'expert'
      ? { kind: 'member', id: MemberId.parse(own.person), name: own.name }
      : { kind: 'codeUser', id: DeviceId.parse(own.person), name: own.name };
  };

  const put = () => {
    const author = me();
    const pending = author === null ? [] : deeds.pending.get();
    const ahead = pending.map(
      ({ requestId, body }, i): SessionEvent => ({
        seq: facts.lastSeq + 1 + i,
        at: '',
        author: author ?? { kind: 'system' },
        requestId,
        body,
      }),
    );
    const next = extendBoard(facts, ahead);
    const now = board.get();
    const same =
      now.frozen === next.frozen &&
      now.drawings.length === next.drawings.length &&
      now.drawings.every((one, i) => one === next.drawings[i]) &&
      now.removed.length === next.removed.length;
    if (!same) board.set(next);
  };

  watch(life, log, (now) => {
    readLog(now);
    put();
  });
  watch(life, deeds.pending, put);

  const mine = () => me()?.id ?? null;
  const move = (kind: 'drawing-removed' | 'drawing-restored', drawingId: DrawingId | null) => {
    if (drawingId === null) return false;
    deeds.act({ kind, drawingId });
    return true;
  };
  return {
    board,
    isOwn: (id) => board.get().drawings.some((one) => one.drawing.id === id && one.by === mine()),
    undo: () => move('drawing-removed', undoOf(board.get(), mine() ?? '')),
    redo: () => move('drawing-restored', redoOf(board.get(), mine() ?? '')),
    remove: (id) => void move('drawing-removed', id),
    clear: (whose) => deeds.act({ kind: 'drawings-cleared', whose }),
    release() {
      const { frozen } = board.get();
      if (frozen !== null) deeds.act({ kind: 'picture-released', participantId: frozen.participantId });
    },
  };
}
