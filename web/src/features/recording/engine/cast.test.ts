import { expect, test } from 'vitest';
import type { Drawing } from '#contract/annotation/drawing.ts';
import { FramePoint } from '#contract/annotation/drawing.ts';
import { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { ParticipantId } from '#contract/ids.ts';
import { castOf, emptyCast, type Person, picturesOf } from './cast.ts';

const uuid = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`;
const [nora, rafael, ines] = [1, 2, 3].map((nth) => ParticipantId.parse(uuid(nth)));
const picture = PictureId.parse(uuid(5));
if (nora === undefined || rafael === undefined || ines === undefined) throw new Error('three people');

const person = (key: ParticipantId, more: Partial<Person>): Person => ({
  key,
  name: key,
  hasPicture: true,
  own: false,
  as: 'expert',
  author: `author of ${key}`,
  ...more,
});
const people = [person(rafael, { as: 'codeUser' }), person(ines, {}), person(nora, { own: true })];
const drawing = (nth: number, on: ParticipantId): Drawing => ({
  id: DrawingId.parse(uuid(nth)),
  surface: { kind: 'camera', participantId: on, pictureId: picture },
  shape: { tool: 'mark', at: FramePoint.parse([0.5, 0.5]), number: 1 },
  style: { colour: 'red', width: 'thin' },
});
const by = (who: ParticipantId, one: Drawing) => ({ drawing: one, by: `author of ${who}`, name: '' });
const session = {
  people,
  who: new Set([nora, rafael, ines]),
  board: {
    drawings: [by(nora, drawing(6, rafael)), by(ines, drawing(7, rafael)), by(nora, drawing(8, nora))],
    frozen: null,
  },
  onStage: rafael,
  choose: (here: readonly Person[], wanted: ParticipantId | null) =>
    here.find(({ key }) => key === wanted)?.key ?? here[0]?.key ?? null,
};
const ids = (all: readonly Drawing[]) => all.map(({ id }) => id.at(-1));

test('who is on stage is big, the others are tiles, and what is drawn on the stage is there', () => {
  const cast = castOf(session);
  expect(cast.stage?.key).toBe(rafael);
  expect(cast.tiles.map(({ key }) => key)).toEqual([ines, nora]);
  expect(ids(cast.drawings)).toEqual(['6', '7']);
  expect([...picturesOf(cast)]).toEqual([picture]);
});

test('who may not be captured is not there, nor what they have drawn', () => {
  const cast = castOf({ ...session, who: new Set([nora, rafael]) });
  expect(cast.tiles.map(({ key }) => key)).toEqual([nora]);
  expect(ids(cast.drawings)).toEqual(['6']);
});

test('where the one on stage may not be captured, another is, without the drawings and the frozen picture of the first', () => {
  const board = { ...session.board, frozen: { participantId: rafael, pictureId: picture } };
  const cast = castOf({ ...session, board, who: new Set([nora]) });
  expect(cast.stage?.key).toBe(nora);
  expect(ids(cast.drawings)).toEqual(['8']);
  expect(cast.frozen).toBe(null);
  expect(castOf({ ...session, board }).frozen).toBe(picture);
});

test('nobody is a pause', () => {
  expect(castOf({ ...session, who: new Set() })).toEqual(emptyCast);
});
