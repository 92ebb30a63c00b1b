import { describe, expect, it } from 'vitest';
import { type PictureFacts, pictureOf } from './picture.ts';

const here: PictureFacts = { own: false, camera: 'on', condition: 'connected', presence: 'here' };

describe('what is said over a picture', () => {
  it.each<[string, Partial<PictureFacts>, string]>([
    ['a moving picture', {}, 'fine'],
    ['before the first connection', { condition: null }, 'connecting'],
    ['while connecting', { condition: 'connecting' }, 'connecting'],
    ['C3 the connection is interrupted, they are there', { condition: 'reconnecting' }, 'interrupted'],
    ['C3 their browser is gone for the moment', { condition: 'reconnecting', presence: 'reconnecting' }, 'away'],
    ['C3 the server lost them, their picture still comes', { presence: 'reconnecting' }, 'fine'],
    ['no way between the two networks', { condition: 'failed' }, 'failed'],
    ['their camera is off', { camera: 'off' }, 'camera-off'],
    ['they joined without a camera', { camera: 'none' }, 'no-camera'],
    ['nothing heard of their camera yet', { camera: 'unknown' }, 'fine'],
    ['one’s own camera', { own: true, condition: null }, 'fine'],
    ['one’s own camera is off', { own: true, condition: null, camera: 'off' }, 'camera-off'],
  ])('%s', (_, changes, expected) => {
    expect(pictureOf({ ...here, ...changes })).toBe(expected);
  });
});
