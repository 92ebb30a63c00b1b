import { expect, type Locator, type Page } from '@playwright/test';
import type { Side } from '../fixtures/clips.ts';
import { strip } from '../fixtures/frame-strip.ts';
import type {} from './media-probe.ts';

/** A few of the pictures that a video element really showed, as they were decoded. */
export interface Look {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  /** How much brightness changed from the first to the last picture, on average per pixel, of 255. */
  readonly change: number;
  /** Red minus blue on average: the customer's camera is warm, the expert's cold. */
  readonly warmth: number;
  /** Numbers read from the strip in the pictures; one that could not be read is left out. */
  readonly numbers: readonly number[];
}

/** How many pictures a test looks at. */
const FRAMES = 6;

/** The video element with somebody's picture, `You` for the own. */
export const pictureOf = (page: Page, name: string): Locator => page.getByLabel(`Picture of ${name}`, { exact: true });

/** Looks at the next few pictures of a video element; a busy machine may take its time for them. */
export function look(video: Locator, frames = FRAMES, patienceMs = 8000): Promise<Look> {
  return video.evaluate(
    async (element, { frames, patienceMs, strip }) => {
      if (!(element instanceof HTMLVideoElement)) throw new Error('this is no video element');
      const canvas = new OffscreenCanvas(180, 101);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('this browser has no canvas');
      const pictures: Uint8ClampedArray[] = [];
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, patienceMs);
        const next = () => {
          context.drawImage(element, 0, 0, 180, 101);
          pictures.push(context.getImageData(0, 0, 180, 101).data);
          if (pictures.length < frames) element.requestVideoFrameCallback(next);
          else {
            clearTimeout(late);
            resolve();
          }
        };
        element.requestVideoFrameCallback(next);
      });
      const rows = Math.floor(101 * (1 - strip.heightShare)) - 1;
      let change = 0;
      let warmth = 0;
      const [first, last] = [pictures[0], pictures.at(-1)];
      if (first !== undefined && last !== undefined) {
        for (let at = 0; at < rows * 180 * 4; at += 4) {
          change += Math.abs((last[at + 1] ?? 0) - (first[at + 1] ?? 0));
          warmth += (last[at] ?? 0) - (last[at + 2] ?? 0);
        }
      }
      const numbers = pictures.flatMap((picture) => {
        const light = Array.from({ length: strip.blocks }, (_, block) => {
          const x = Math.round(((block + 0.5) * 180) / strip.blocks);
          return (picture[(98 * 180 + x) * 4 + 1] ?? 0) > 128;
        });
        if (light[0] !== true || light[1] !== false) return [];
        return [light.slice(2).reduce((number, bit) => number * 2 + (bit ? 1 : 0), 0)];
      });
      const { videoWidth: width, videoHeight: height } = element;
      const pixels = rows * 180;
      return { frames: pictures.length, width, height, change: change / pixels, warmth: warmth / pixels, numbers };
    },
    { frames, patienceMs, strip },
  );
}

/** Somebody's picture is there, moves, and is that of the side's own camera. */
export async function expectMovingPicture(page: Page, name: string, side: Side): Promise<Look> {
  const video = pictureOf(page, name);
  await expect(video).toBeVisible();
  let seen: Look | null = null;
  await expect(async () => {
    seen = await look(video);
    expect(seen.frames).toBe(FRAMES);
    expect(seen.change).toBeGreaterThan(1);
    expect(new Set(seen.numbers).size).toBeGreaterThan(2);
    if (side === 'customer') expect(seen.warmth).toBeGreaterThan(20);
    else expect(seen.warmth).toBeLessThan(-20);
  }).toPass({ timeout: 30_000, intervals: [100] });
  if (seen === null) throw new Error('nothing was seen');
  return seen;
}

/** The picture stands still, or is none: no new one within two seconds. */
export async function expectNoNewPictures(page: Page, name: string): Promise<void> {
  await expect
    .poll(async () =>
      (await pictureOf(page, name).isVisible()) ? (await look(pictureOf(page, name), 3, 2000)).frames : 0,
    )
    .toBe(0);
}

/** The loudness (root mean square, 1 is full) of what has been received and decoded while this looks, and whether it is played. */
async function listen(page: Page): Promise<{ loudness: number; seconds: number; playing: boolean }> {
  return page.evaluate(async () => {
    const read = async () => {
      let energy = 0;
      let seconds = 0;
      for (const connection of window.probe.connections) {
        if (connection.connectionState !== 'connected') continue;
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
          energy += report.totalAudioEnergy ?? 0;
          seconds += report.totalSamplesDuration ?? 0;
        }
      }
      return { energy, seconds };
    };
    const before = await read();
    await new Promise((resolve) => setTimeout(resolve, 700));
    const after = await read();
    const playing = [...window.probe.played].some(
      (element) =>
        element.srcObject instanceof MediaStream &&
        element.srcObject.getAudioTracks().some((track) => track.readyState === 'live') &&
        !element.muted &&
        !element.paused &&
        element.volume > 0,
    );
    const seconds = after.seconds - before.seconds;
    return { loudness: seconds <= 0 ? 0 : Math.sqrt((after.energy - before.energy) / seconds), seconds, playing };
  });
}

/** The other side is heard: a voice arrives, loud enough, and an element plays it. */
export async function expectSound(page: Page): Promise<void> {
  await expect(async () => {
    const heard = await listen(page);
    expect(heard.playing).toBe(true);
    expect(heard.seconds).toBeGreaterThan(0.3);
    expect(heard.loudness).toBeGreaterThan(0.01);
  }).toPass({ timeout: 30_000, intervals: [100] });
}

/** Nothing is heard: for a good second and a half what arrives is silent. */
export async function expectSilence(page: Page): Promise<void> {
  await expect(async () => {
    for (let nth = 0; nth < 2; nth++) expect((await listen(page)).loudness).toBeLessThan(0.001);
  }).toPass({ timeout: 30_000, intervals: [100] });
}

/** How the page's two connections go: the kinds of the candidates in use, on both sides. */
export function routesInUse(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const routes: string[] = [];
    for (const connection of window.probe.connections) {
      if (connection.connectionState !== 'connected') continue;
      const stats = await connection.getStats();
      for (const report of stats.values()) {
        if (report.type !== 'candidate-pair' || report.nominated !== true || report.state !== 'succeeded') continue;
        routes.push(`${stats.get(report.localCandidateId)?.candidateType}`);
      }
    }
    return routes;
  });
}
