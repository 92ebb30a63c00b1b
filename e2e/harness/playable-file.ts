import { expect } from '@playwright/test';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';

/**
 * The file plays and seeks, as far as can be told without decoding it: H.264 and sound, the index before the media, every
 * packet whole, and a picture that stands by itself near every place. Gives the lengths of its picture and its sound, s.
 */
export async function expectPlayable(bytes: Uint8Array): Promise<{ seconds: number; soundSeconds: number }> {
  const boxes = boxesOf(bytes);
  expect(boxes).toContain('moov');
  expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'));
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const picture = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  if (picture === null || sound === null) throw new Error('the file has not both picture and sound');
  expect(picture.codec).toBe('avc');
  const seconds = await picture.computeDuration();
  const soundSeconds = await sound.computeDuration();

  const keys: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  const sink = new EncodedPacketSink(picture);
  for await (const { timestamp, data, type } of sink.packets()) {
    if (type === 'key') keys.push(timestamp);
    // One comes every 0.6 s, as far as there are pictures: a busy machine may bring none for a while.
    expect(timestamp - (keys.at(-1) ?? Number.NEGATIVE_INFINITY)).toBeLessThan(1);
    expect(timestamp).toBeGreaterThan(before);
    expect(isWholePicture(data)).toBe(true);
    before = timestamp;
  }
  for await (const { data } of new EncodedPacketSink(sound).packets()) expect(data.length).toBeGreaterThan(0);
  for (let at = 0; at < seconds; at += 0.7) {
    const key = await sink.getKeyPacket(at);
    expect(key?.timestamp).toBe(keys.findLast((time) => time <= at));
  }
  return { seconds, soundSeconds };
}

/** The kinds of the boxes that an MP4 consists of, in order. */
function boxesOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kinds: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at);
    kinds.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
    const whole = size === 1 ? Number(view.getBigUint64(at + 8)) : size;
    if (whole < 8) break;
    at += whole;
  }
  return kinds;
}

/** H.264 in a file: units with their length before each, which fill the packet to its last byte. */
function isWholePicture(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  while (at + 4 < data.length) at += 4 + view.getUint32(at);
  return at === data.length && data.length > 0;
}
