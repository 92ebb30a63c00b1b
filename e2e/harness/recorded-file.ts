import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import type { Area } from '#core/recording/layout.ts';

/** What a recording's file says of itself, without decoding it. */
export interface FileFacts {
  readonly codec: string | null;
  readonly soundCodec: string | null;
  readonly seconds: number;
  readonly soundSeconds: number;
  readonly width: number;
  readonly height: number;
  /** The times of all pictures, s. */
  readonly times: readonly number[];
  /** The times of those that stand by themselves, s. */
  readonly keyTimes: readonly number[];
}

/** Reads a file as the server and a player would. */
export async function factsOf(bytes: Uint8Array): Promise<FileFacts> {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const picture = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  if (picture === null || sound === null) throw new Error('the file has not both picture and sound');
  const times: number[] = [];
  const keyTimes: number[] = [];
  for await (const packet of new EncodedPacketSink(picture).packets(undefined, undefined, { metadataOnly: true })) {
    times.push(packet.timestamp);
    if (packet.type === 'key') keyTimes.push(packet.timestamp);
  }
  return {
    codec: picture.codec,
    soundCodec: sound.codec,
    seconds: await input.computeDuration(),
    soundSeconds: await sound.computeDuration(),
    width: picture.displayWidth,
    height: picture.displayHeight,
    times,
    keyTimes,
  };
}

/** What is seen and heard of a file. */
export interface Watched {
  /** Every picture that could be decoded. */
  readonly pictures: readonly {
    readonly seconds: number;
    /** Red minus blue on average, of the stage's upper left part and of the first tile. */
    readonly stageWarmth: number;
    readonly tileWarmth: number;
    /** The middle of what has the drawing's blue beside the tile, px; null when there is none. */
    readonly drawingAt: readonly [number, number] | null;
    /** The number in the strip of the picture on stage (fixtures/frame-strip.ts). */
    readonly strip: number;
  }[];
  /** For each asked-for tone its loudness in every half second, root mean square, 1 is full. */
  readonly loudness: readonly (readonly number[])[];
}

/** What to look for. */
export interface Looks {
  /** Where the tile lies: its camera has a blue of its own, and no drawing. */
  readonly tile: Area;
  /** What of it is looked at. */
  readonly tileMiddle: Area;
  readonly tones: readonly number[];
  readonly strip: { readonly bits: number; readonly blocks: number; readonly heightShare: number };
}

/** Decodes all of a file in a page of a safe origin, and looks at every picture of it. */
export async function watchFile(page: Page, bytes: Uint8Array, looks: Looks): Promise<Watched> {
  const library = createRequire(import.meta.url)
    .resolve('mediabunny')
    .replace(/dist\/.*$/, 'dist/bundles/mediabunny.min.cjs');
  await page.evaluate(
    await readFile(library, 'utf8').then((text) => `${text};globalThis.Mediabunny = Mediabunny; undefined`),
  );
  return page.evaluate(watch, { base64: Buffer.from(bytes).toString('base64'), ...looks });
}

declare global {
  // eslint-disable-next-line no-var
  var Mediabunny: typeof import('mediabunny');
}

/** Runs in the page. */
async function watch({
  base64,
  tile,
  tileMiddle,
  tones,
  strip,
}: Looks & { readonly base64: string }): Promise<Watched> {
  const { ALL_FORMATS, AudioBufferSink, BlobSource, Input, VideoSampleSink } = globalThis.Mediabunny;
  const file = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  if (picture === null || sound === null) throw new Error('no picture or no sound');
  const [width, height] = [1280, 720];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');

  const warmth = (data: Uint8ClampedArray, area: Area) => {
    let [sum, n] = [0, 0];
    for (let y = area.y; y < area.y + area.height; y += 4)
      for (let x = area.x; x < area.x + area.width; x += 4, n++) {
        const at = 4 * (y * width + x);
        sum += (data[at] ?? 0) - (data[at + 2] ?? 0);
      }
    return sum / n;
  };
  const isDrawn = (data: Uint8ClampedArray, at: number) => {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    return blue > 170 && (red - 34) ** 2 + (green - 139) ** 2 + (blue - 230) ** 2 <= 60 ** 2;
  };
  const drawingIn = (data: Uint8ClampedArray) => {
    const isInTile = (x: number, y: number) =>
      x >= tile.x && x < tile.x + tile.width && y >= tile.y && y < tile.y + tile.height;
    let [sx, sy, n] = [0, 0, 0];
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2) {
        if (!isDrawn(data, 4 * (y * width + x)) || isInTile(x, y)) continue;
        sx += x;
        sy += y;
        n++;
      }
    }
    return n < 12 ? null : ([sx / n, sy / n] as const);
  };
  const numberIn = (data: Uint8ClampedArray) => {
    let number = 0;
    for (let bit = 0; bit < strip.bits; bit++) {
      const x = Math.round(((bit + 2.5) / strip.blocks) * width);
      // Below the tiles, which lie over a part of the strip.
      const y = height - 8;
      number = number * 2 + ((data[4 * (y * width + x) + 1] ?? 0) > 128 ? 1 : 0);
    }
    return number;
  };
  const lookAt = (seconds: number) => {
    const { data } = context.getImageData(0, 0, width, height);
    return {
      seconds,
      stageWarmth: warmth(data, { x: 0, y: 0, width: 900, height: 500 }),
      tileWarmth: warmth(data, tileMiddle),
      drawingAt: drawingIn(data),
      strip: numberIn(data),
    };
  };

  const pictures: ReturnType<typeof lookAt>[] = [];
  for await (const sample of new VideoSampleSink(picture).samples()) {
    sample.draw(context, 0, 0, width, height);
    pictures.push(lookAt(sample.timestamp));
    sample.close();
  }

  const rate = sound.sampleRate;
  const samples = new Float32Array(Math.ceil((await sound.computeDuration()) * rate));
  for await (const { buffer, timestamp } of new AudioBufferSink(sound).buffers()) {
    const data = buffer.getChannelData(0);
    const from = Math.max(0, Math.round(timestamp * rate));
    samples.set(data.subarray(0, Math.max(0, samples.length - from)), Math.min(from, samples.length));
  }
  const piece = Math.round(rate / 2);
  /** How strong one tone is (Goertzel), told as the root mean square of that tone alone. */
  const loudness = tones.map((tone) =>
    Array.from({ length: Math.floor(samples.length / piece) }, (_, nth) => {
      const factor = 2 * Math.cos((2 * Math.PI * tone) / rate);
      let [one, two] = [0, 0];
      for (let at = nth * piece; at < (nth + 1) * piece; at++) {
        const now = (samples[at] ?? 0) + factor * one - two;
        two = one;
        one = now;
      }
      return (Math.SQRT2 * Math.sqrt(Math.max(0, one * one + two * two - factor * one * two))) / piece;
    }),
  );
  return { pictures, loudness };
}
