import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  Input,
  type InputTrack,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaFile } from '../../../../test/harness/recordings.ts';
import { makeFile } from './make-file.ts';
import { makeFileAside } from './run.ts';

let folder: string;
let first: Buffer;
let second: Buffer;
let webm: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-making-'));
  [first, second, webm] = await Promise.all([mediaFile('part-1.mp4'), mediaFile('part-2.mp4'), mediaFile('part.webm')]);
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function keep(bytes: Uint8Array): Promise<string> {
  files += 1;
  const path = join(folder, `${files}`);
  await writeFile(path, bytes);
  return path;
}
async function made(type: 'video/mp4' | 'video/webm', ...parts: Uint8Array[]) {
  const to = join(folder, 'made');
  const file = await makeFile({ parts: await Promise.all(parts.map(keep)), to, type });
  return { file, to };
}

/** How a player sees a track: times ever later, all bytes there. */
async function seen(track: InputTrack | null) {
  if (track === null) return { packets: 0, until: 0, firstIsKey: false };
  const sink = new EncodedPacketSink(track);
  let [packets, until, before, firstIsKey] = [0, 0, -1, false];
  for (let packet = await sink.getFirstPacket(); packet !== null; packet = await sink.getNextPacket(packet)) {
    if (packets === 0) firstIsKey = packet.type === 'key';
    expect(packet.timestamp).toBeGreaterThan(before);
    expect(packet.data.length).toBe(packet.byteLength);
    before = packet.timestamp;
    until = packet.timestamp + packet.duration;
    packets += 1;
  }
  return { packets, until, firstIsKey };
}
async function play(path: string) {
  using input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  return { video: await seen(video), audio: await seen(audio), duration: await input.computeDuration() };
}
/** As a browser makes it: no picture says how long it is seen. */
async function withoutDurations(bytes: Buffer): Promise<Uint8Array> {
  using input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const video = await input.getPrimaryVideoTrack();
  const decoderConfig = await video?.getDecoderConfig();
  if (video === null || decoderConfig === undefined || decoderConfig === null) throw new Error('no picture');
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'fragmented' }), target });
  const pictures = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(pictures);
  await output.start();
  for await (const packet of new EncodedPacketSink(video).packets())
    await pictures.add(packet.clone({ duration: 0 }), { decoderConfig });
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer());
}
const placeOf = (bytes: Buffer, box: string) => bytes.indexOf(box, 0, 'latin1');

describe('A5 the file of a recording', () => {
  it('has both tracks, its length, and its index at the front', async () => {
    const { file, to } = await made('video/mp4', first);
    expect(file).toMatchObject({ hasSound: true, lengthsMs: [file?.durationMs] });
    expect(Math.abs((file?.durationMs ?? 0) - 4_000)).toBeLessThan(50);
    const { video, audio, duration } = await play(to);
    expect(video).toMatchObject({ packets: 40, firstIsKey: true });
    expect(Math.abs(video.until - audio.until)).toBeLessThan(0.1);
    expect(Math.abs(duration - 4)).toBeLessThan(0.1);
    const bytes = await readFile(to);
    expect(placeOf(bytes, 'moov')).toBeLessThan(placeOf(bytes, 'mdat'));
    expect(placeOf(bytes, 'moof')).toBe(-1);
  });

  it('is one of several parts, also where their encoders were set up differently', async () => {
    const { file, to } = await made('video/mp4', first, second, first.subarray(0, 9_000));
    const { video, duration } = await play(to);
    expect(file?.lengthsMs.map((ms) => ms > 1_000)).toEqual([true, true, true]);
    expect(video.packets).toBeGreaterThan(80);
    expect(Math.abs(duration * 1000 - (file?.durationMs ?? 0))).toBeLessThan(60);
  });

  it('gives the last picture of a part its time, where the browser did not say how long it is', async () => {
    const endless = await withoutDurations(first);
    const { file, to } = await made('video/mp4', endless, second);
    const { video } = await play(to);
    expect(video.packets).toBe(70);
    expect(file?.lengthsMs[0]).toBeGreaterThan(3_950);
    const last = await made('video/mp4', endless);
    expect(Math.abs((await play(last.to)).duration * 1000 - (last.file?.durationMs ?? 0))).toBeLessThan(2);
  });

  it('passes over a part of which nothing can be used', async () => {
    const { file } = await made('video/mp4', first.subarray(0, 700), second, Buffer.from('no video'));
    expect(file?.lengthsMs.map((ms) => ms > 0)).toEqual([false, true, false]);
  });

  it('is WebM where the browser had no H.264', async () => {
    const { file, to } = await made('video/webm', webm, webm.subarray(0, 9_000));
    const { video, audio, duration } = await play(to);
    expect(Math.abs(duration * 1000 - (file?.durationMs ?? 0))).toBeLessThan(60);
    expect(video.packets).toBeGreaterThanOrEqual(40);
    expect(audio.packets).toBeGreaterThan(100);
  });

  it('is none without a picture', async () => {
    expect((await made('video/mp4', Buffer.from('#!/bin/sh'))).file).toBe(null);
    expect((await made('video/mp4', Buffer.alloc(0))).file).toBe(null);
    expect((await made('video/mp4')).file).toBe(null);
  });

  it('is made in a thread of its own too', async () => {
    const to = join(folder, 'aside');
    const wish = { parts: [await keep(first)], to, type: 'video/mp4' } as const;
    expect((await makeFileAside(new AbortController().signal, wish))?.lengthsMs).toHaveLength(1);
    await expect(makeFileAside(AbortSignal.abort(), wish)).rejects.toThrow();
  });
});

describe.each([
  { type: 'video/mp4' as const, bytes: () => first, perSecond: 18_364 / 4 },
  { type: 'video/webm' as const, bytes: () => webm, perSecond: 14_209 / 3 },
])('A5 a $type that broke off', ({ type, bytes, perSecond }) => {
  it.each(Array.from({ length: 20 }, (_none, at) => 0.45 + at * 0.0273))(
    'at %f of it plays to its end',
    async (share) => {
      const cut = bytes().subarray(0, Math.floor(bytes().length * share));
      const { file, to } = await made(type, cut);
      const { video, duration } = await play(to);
      expect(video.firstIsKey).toBe(true);
      expect(Math.abs(duration * 1000 - (file?.durationMs ?? 0))).toBeLessThan(110);
      // At most a fragment, which lasts half a second here, and what the head takes.
      expect(duration).toBeGreaterThan(cut.length / perSecond - 1.2);
    },
  );
});
