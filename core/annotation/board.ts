import type { Drawing } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEvent } from '#contract/session/http.ts';

/** A drawing on the board, with who drew it (the id of the member or device). */
export interface BoardDrawing {
  readonly drawing: Drawing;
  readonly by: string;
  readonly name: string;
}

/**
 * What is drawn in a session right now: a fold over its log. The same for those who were there, who reload, who come
 * late, and for a recording.
 */
export interface Board {
  readonly lastSeq: number;
  /** In the order they were made. */
  readonly drawings: readonly BoardDrawing[];
  /** Taken away and able to come back, newest last. */
  readonly removed: readonly BoardDrawing[];
  readonly frozen: { readonly participantId: ParticipantId; readonly pictureId: PictureId } | null;
}

/** Nothing drawn. */
export const emptyBoard: Board = { lastSeq: 0, drawings: [], removed: [], frozen: null };

const authorOf = (author: Person) =>
  author.kind === 'system' ? { by: 'system', name: '' } : { by: author.id, name: author.name };

/** The board after these events; what is known already is passed over. */
export function extendBoard(board: Board, events: readonly SessionEvent[]): Board {
  let at = board;
  for (const event of events) {
    if (event.seq > at.lastSeq) at = { ...applied(at, event), lastSeq: event.seq };
  }
  return at;
}

function applied(board: Board, { author, body }: SessionEvent): Board {
  switch (body.kind) {
    case 'drawing-made': {
      const made = { drawing: body.drawing, ...authorOf(author) };
      // Something new ends what could be redone, as in every editor; a repeated id replaces.
      return {
        ...board,
        drawings: [...without(board.drawings, body.drawing.id), made],
        removed: board.removed.filter((one) => one.by !== made.by),
      };
    }
    case 'drawing-removed': {
      const gone = board.drawings.filter((one) => one.drawing.id === body.drawingId);
      return { ...board, drawings: without(board.drawings, body.drawingId), removed: [...board.removed, ...gone] };
    }
    case 'drawing-restored': {
      const back = board.removed.filter((one) => one.drawing.id === body.drawingId);
      return { ...board, drawings: [...board.drawings, ...back], removed: without(board.removed, body.drawingId) };
    }
    case 'drawings-cleared': {
      const { by } = authorOf(author);
      const stays = (one: BoardDrawing) => body.whose === 'own' && one.by !== by;
      return { ...board, drawings: board.drawings.filter(stays), removed: board.removed.filter(stays) };
    }
    case 'picture-frozen':
      return { ...board, frozen: { participantId: body.participantId, pictureId: body.pictureId } };
    case 'picture-released':
      return { ...board, frozen: null };
    case 'status-changed':
      // A session that is over shows no frozen picture to whoever looks back at it.
      return body.to === 'ended' ? { ...board, frozen: null } : board;
    default:
      return board;
  }
}

const without = (all: readonly BoardDrawing[], id: DrawingId) => all.filter((one) => one.drawing.id !== id);

/** The newest drawing of this person that undo takes away; null for none. */
export const undoOf = (board: Board, by: string): DrawingId | null =>
  board.drawings.findLast((one) => one.by === by)?.drawing.id ?? null;

/** The drawing of this person that redo brings back; null for none. */
export const redoOf = (board: Board, by: string): DrawingId | null =>
  board.removed.findLast((one) => one.by === by)?.drawing.id ?? null;
