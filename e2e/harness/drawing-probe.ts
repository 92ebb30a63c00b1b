import type { CDPSession, Page } from '@playwright/test';
import { strip } from '../fixtures/frame-strip.ts';
import { clipSize } from '../fixtures/motion.ts';
import type {} from './media-probe.ts';
import { type Raster, readPng } from './png.ts';

/* Where a drawing is in a screenshot; where it should be is known by the clip's motion (fixtures/motion.ts). */

const [RED, GREEN, BLUE] = [34, 139, 230];
/** How far from the drawing's colour a px may be to be one of its own. */
const NEAR = 40;
/** So many px of the clip are a drawing. */
const DRAWN_PX = 12;

export interface Seen {
  /** The clip's frame, by its strip. */
  readonly frame: number;
  /** The middle of what is painted in the drawing's colour, px of the picture; null when nothing is. */
  readonly at: readonly [number, number] | null;
  readonly px: number;
}

/** A part of a page, CSS px. */
interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/**
 * What is on the screen in this part of a page. A test takes dozens of them in a running call: the browser is asked for the picture
 * alone, packed in haste, without the care that Playwright takes of carets and fonts.
 */
async function shotOf(page: Page, { left: x, top: y, width, height }: Part): Promise<Raster> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  const { data } = await (await session).send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
    clip: { x, y, width, height, scale: 1 },
  });
  return readPng(Buffer.from(data, 'base64'));
}

/** Where the drawing's colour is in a picture: the outermost px, how many there are, and the middle of them all. */
function inked({ width, height, channels, data }: Raster) {
  const box = { left: width, top: height, right: -1, bottom: -1 };
  let [sumX, sumY, px] = [0, 0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += channels) {
      const [r, g, b] = [(data[i] ?? 0) - RED, (data[i + 1] ?? 0) - GREEN, (data[i + 2] ?? 0) - BLUE];
      if (r * r + g * g + b * b > NEAR * NEAR) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      sumX += x;
      sumY += y;
      px++;
    }
  }
  return { ...box, px, x: sumX / px, y: sumY / px };
}

/** What one screenshot of a page's stage shows of the clip and of the drawing. */
export async function look(page: Page): Promise<Seen> {
  const { picture, part, mirrored } = await page.evaluate(() => {
    const video = [...document.querySelectorAll('main video')].find((one) => one.clientWidth > 400);
    if (!(video instanceof HTMLVideoElement)) throw new Error('no picture on stage');
    const { left, top, width, height } = video.getBoundingClientRect();
    const across = width / video.videoWidth;
    const down = height / video.videoHeight;
    const scale = getComputedStyle(video).objectFit === 'contain' ? Math.min(across, down) : Math.max(across, down);
    const [w, h] = [video.videoWidth * scale, video.videoHeight * scale];
    const picture = { left: left + (width - w) / 2, top: top + (height - h) / 2, width: w, height: h };
    // What of the picture is on the screen, in whole px.
    const [from, until] = [Math.max(0, Math.floor(picture.left)), Math.max(0, Math.floor(picture.top))];
    const right = Math.min(innerWidth, Math.ceil(picture.left + w));
    const bottom = Math.min(innerHeight, Math.ceil(picture.top + h));
    const part = { left: from, top: until, width: right - from, height: bottom - until };
    return { picture, part, mirrored: video.dataset['mirrored'] === 'true' };
  });
  const shot = await shotOf(page, part);
  // From px of the screenshot to those of the clip, and back.
  const [across, down] = [clipSize.width / picture.width, clipSize.height / picture.height];
  const turned = (x: number) => (mirrored ? clipSize.width - x : x);
  const lightAt = (x: number, y: number) => {
    const column = Math.floor(turned(x) / across + picture.left - part.left);
    const row = Math.floor(y / down + picture.top - part.top);
    return shot.data[(row * shot.width + column) * shot.channels] ?? 0;
  };
  let frame = 0;
  for (let bit = 0; bit < strip.bits; bit++) {
    const x = ((bit + 2.5) / strip.blocks) * clipSize.width;
    frame = frame * 2 + (lightAt(x, clipSize.height * (1 - strip.heightShare / 2)) > 128 ? 1 : 0);
  }
  const ink = inked(shot);
  const px = ink.px * across * down;
  const x = turned((ink.x + 0.5 + part.left - picture.left) * across);
  const y = (ink.y + 0.5 + part.top - picture.top) * down;
  return { frame, at: px < DRAWN_PX ? null : [x, y], px };
}

/** Everything on the page that is painted in the drawing's colour, CSS px; null when nothing is. */
export async function paintedOn(
  page: Page,
): Promise<{ left: number; top: number; right: number; bottom: number } | null> {
  const whole = await page.evaluate(() => ({ left: 0, top: 0, width: innerWidth, height: innerHeight }));
  const { px, ...box } = inked(await shotOf(page, whole));
  return px === 0 ? null : box;
}

/** Frames of all cameras decoded so far by the page's connections. */
export function decoded(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let frames = 0;
    for (const connection of window.probe.connections) {
      if (connection.connectionState !== 'connected') continue;
      for (const report of (await connection.getStats()).values())
        if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
    }
    return frames;
  });
}
