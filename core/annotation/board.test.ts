import { describe, expect, it } from 'vitest';
import { Drawing } from '#contract/annotation/drawing.ts';
import { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { DeviceId, MemberId, ParticipantId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { emptyBoard, extendBoard, redoOf, undoOf } from './board.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const anna: Person = { kind: 'member', id: MemberId.parse(id(1)), name: 'Anna' };
const jon: Person = { kind: 'codeUser', id: DeviceId.parse(id(2)), name: 'Jon' };
const camera = ParticipantId.parse(id(3));
const pictureId = PictureId.parse(id(4));
const d = (n: number) => DrawingId.parse(id(100 + n));
const drawing = (n: number): Drawing =>
  Drawing.parse({
    id: d(n),
    surface: { kind: 'camera', participantId: camera, pictureId },
    shape: { tool: 'mark', at: [0.5, 0.5], number: 1 },
    style: { colour: 'yellow', width: 'medium' },
  });
const made = (n: number): SessionEventBody => ({ kind: 'drawing-made', drawing: drawing(n) });
const log = (...all: readonly (readonly [Person, SessionEventBody])[]): SessionEvent[] =>
  all.map(([author, body], i) => ({ seq: i + 1, at: '2026-11-20T12:00:00.000Z', author, requestId: null, body }));
const ids = (events: readonly SessionEvent[]) => extendBoard(emptyBoard, events).drawings.map((one) => one.drawing.id);

describe('board', () => {
  it('is the same in one go, piece by piece, and with repetitions', () => {
    const events = log(
      [anna, made(1)],
      [jon, made(2)],
      [anna, { kind: 'drawing-removed', drawingId: d(1) }],
      [anna, { kind: 'drawing-restored', drawingId: d(1) }],
      [jon, { kind: 'picture-frozen', participantId: camera, pictureId }],
    );
    const whole = extendBoard(emptyBoard, events);
    const pieces = events.reduce((board, event) => extendBoard(board, [event]), emptyBoard);
    const repeated = [events.slice(0, 3), events.slice(1, 4), events].reduce(extendBoard, emptyBoard);
    expect(pieces).toEqual(whole);
    expect(repeated).toEqual(whole);
    expect(whole.drawings.map((one) => one.drawing.id)).toEqual([d(2), d(1)]);
    expect(whole.frozen).toEqual({ participantId: camera, pictureId });
  });

  it('undoes and brings back one’s own, newest first, never those of others', () => {
    const board = extendBoard(emptyBoard, log([anna, made(1)], [anna, made(2)], [jon, made(3)]));
    expect([undoOf(board, anna.id), undoOf(board, jon.id), undoOf(board, id(9))]).toEqual([d(2), d(3), null]);
    const undone = extendBoard(board, [
      { ...log([anna, made(1)])[0]!, seq: 4, body: { kind: 'drawing-removed', drawingId: d(2) } },
    ]);
    expect([redoOf(undone, anna.id), redoOf(undone, jon.id), undoOf(undone, anna.id)]).toEqual([d(2), null, d(1)]);
  });

  it('forgets what could come back when its author draws something new', () => {
    const events = log(
      [anna, made(1)],
      [jon, made(2)],
      [anna, { kind: 'drawing-removed', drawingId: d(1) }],
      [jon, made(3)],
    );
    expect(redoOf(extendBoard(emptyBoard, events), anna.id)).toBe(d(1));
    const more = log(...events.map((one) => [one.author, one.body] as const), [anna, made(4)]);
    expect(redoOf(extendBoard(emptyBoard, more), anna.id)).toBeNull();
  });

  it('clears one’s own or all, and what was cleared does not come back', () => {
    expect(ids(log([anna, made(1)], [jon, made(2)], [jon, { kind: 'drawings-cleared', whose: 'own' }]))).toEqual([
      d(1),
    ]);
    const all = log(
      [anna, made(1)],
      [jon, made(2)],
      [anna, { kind: 'drawings-cleared', whose: 'all' }],
      [jon, { kind: 'drawing-restored', drawingId: d(2) }],
    );
    expect(ids(all)).toEqual([]);
  });

  it('freezes until released, and not beyond the end', () => {
    const frozen = log([anna, { kind: 'picture-frozen', participantId: camera, pictureId }]);
    const released = log(
      [anna, { kind: 'picture-frozen', participantId: camera, pictureId }],
      [jon, { kind: 'picture-released', participantId: camera }],
    );
    const ended = log(
      [anna, { kind: 'picture-frozen', participantId: camera, pictureId }],
      [anna, { kind: 'status-changed', from: 'live', to: 'ended', reason: null }],
    );
    expect([frozen, released, ended].map((events) => extendBoard(emptyBoard, events).frozen !== null)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
