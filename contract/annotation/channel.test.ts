import { describe, expect, it } from 'vitest';
import { CHANNEL_MESSAGE_LIMIT, parseChannelMessage } from '../call/channel.ts';
import { annotationLimits as limits } from './limits.ts';

/* What a hostile page might send about drawings: refused, never thrown at. */

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const surface = { kind: 'camera', participantId: id(1), pictureId: id(2) };
const style = { colour: 'red', width: 'thin' };
const stroke = { kind: 'stroke-points', drawingId: id(3), surface, ...style, from: 0, points: [[0.5, 0.5]] };
const shape = { kind: 'shape-moved', drawingId: id(3), surface, ...style, tool: 'arrow', from: [0, 0], to: [1, 1] };
const pointer = { kind: 'pointer', participantId: id(1), at: [0.5, 0.5] };
const sights = { kind: 'drawing-sight', sights: [{ drawingId: id(3), sight: 'lost' }] };
const asked = { kind: 'still-asked', pictureId: id(2) };

const wire = (message: unknown) => parseChannelMessage(JSON.stringify(message));
/** The text with a number that JSON.stringify would not write. */
const withNumber = (message: unknown, number: string) =>
  parseChannelMessage(JSON.stringify(message).replaceAll('0.5', number));

it('takes the good ones', () => {
  for (const message of [stroke, shape, pointer, { ...pointer, at: null }, sights, asked]) {
    expect(wire(message)).toEqual(message);
  }
});

describe('refuses', () => {
  it.each(['NaN', 'Infinity', '-Infinity', '1e999', '-1e999', '1e308', '1.51', '-0.51', 'null', '"0.5"', '[]', '{}'])(
    'the number %s',
    (number) => {
      expect(withNumber(stroke, number)).toBeNull();
      expect(withNumber(pointer, number)).toBeNull();
    },
  );

  it.each([
    ['a million points', { ...stroke, points: Array(1_000_000).fill([0, 0]) }],
    ['more points than a batch has', { ...stroke, points: Array(limits.pointsPerBatch + 1).fill([0, 0]) }],
    ['no points', { ...stroke, points: [] }],
    ['points of three', { ...stroke, points: [[0, 0, 0]] }],
    ['a start beyond every stroke', { ...stroke, from: limits.pointsPerDrawing + 1 }],
    ['a start before the first', { ...stroke, from: -1 }],
    ['half a start', { ...stroke, from: 0.5 }],
    ['a colour that is code', { ...stroke, colour: 'url(//evil)' }],
    ['an unknown width', { ...stroke, width: '1e9px' }],
    ['an unknown tool', { ...shape, tool: 'text' }],
    ['an unknown kind', { ...stroke, kind: 'drawing-made' }],
    ['no kind', { ...stroke, kind: undefined }],
    ['a list as kind', { ...stroke, kind: ['stroke-points'] }],
    ['a prototype as kind', { ...stroke, kind: '__proto__' }],
    ['an unknown surface', { ...stroke, surface: { ...surface, kind: 'window' } }],
    ['no surface', { ...stroke, surface: undefined }],
    ['an id that is none', { ...stroke, drawingId: '../../x' }],
    ['a picture that is an address', { ...asked, pictureId: 'https://evil.example/x.png' }],
    ['a participant that is none', { ...pointer, participantId: 7 }],
    ['more sights than drawings', { ...sights, sights: Array(limits.drawingsPerSession + 1).fill(sights.sights[0]) }],
    ['an unknown sight', { ...sights, sights: [{ drawingId: id(3), sight: 'gone' }] }],
  ])('%s', (_what, message) => {
    expect(wire(message)).toBeNull();
  });

  it('65 KB, also of something good', () => {
    expect(parseChannelMessage(JSON.stringify(stroke).padEnd(CHANNEL_MESSAGE_LIMIT))).toEqual(stroke);
    expect(parseChannelMessage(JSON.stringify(stroke).padEnd(CHANNEL_MESSAGE_LIMIT + 1))).toBeNull();
  });

  it('one thing in another in another, thousands deep', () => {
    const deep = (open: string, close: string, depth: number) => `${open.repeat(depth)}0${close.repeat(depth)}`;
    for (const text of [
      deep('[', ']', 32_000),
      deep('{"a":', '}', 10_000),
      '['.repeat(CHANNEL_MESSAGE_LIMIT),
      JSON.stringify({ ...stroke, points: 'HERE' }).replace('"HERE"', deep('[', ']', 30_000)),
      JSON.stringify({ ...stroke, surface: 'HERE' }).replace('"HERE"', deep('{"kind":', '}', 7_000)),
    ]) {
      expect(text.length).toBeLessThanOrEqual(CHANNEL_MESSAGE_LIMIT);
      expect(parseChannelMessage(text)).toBeNull();
    }
  });

  it('what is no text', () => {
    for (const data of [null, undefined, 7, {}, [], new Uint8Array(9), new Blob(['{}']), Symbol('x')])
      expect(parseChannelMessage(data)).toBeNull();
  });
});

it('keeps nothing that is not asked for: strangers in a message go no further', () => {
  const strange = JSON.stringify(stroke).replace('{', '{"__proto__":{"admin":true},"constructor":{"x":1},"more":[1],');
  expect(parseChannelMessage(strange)).toEqual(stroke);
  expect(Object.keys(parseChannelMessage(strange) ?? {})).not.toContain('more');
});
