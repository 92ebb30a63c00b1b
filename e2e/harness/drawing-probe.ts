import type { Page } from '@playwright/test';
import { strip } from '../fixtures/frame-strip.ts';
import { clipSize } from '../fixtures/motion.ts';
import type {} from './media-probe.ts';

/* Where a drawing is in a screenshot; where it should be is known by the clip's motion (fixtures/motion.ts). */

const BLUE = [34, 139, 230] as const;

export interface Seen {
  /** The clip's frame, by its strip. */
  readonly frame: number;
  /** The middle of what is painted in the drawing's colour, px of the picture; null when nothing is. */
  readonly at: readonly [number, number] | null;
  readonly px: number;
}

/** What one screenshot of a page shows of the clip and of the drawing. */
export async function look(page: Page, reader: Page): Promise<Seen> {
  const box = await page.evaluate(() => {
    const video = [...document.querySelectorAll('main video')].find((one) => one.clientWidth > 400);
    if (!(video instanceof HTMLVideoElement)) throw new Error('no picture on stage');
    const { left, top, width, height } = video.getBoundingClientRect();
    const across = width / video.videoWidth;
    const down = height / video.videoHeight;
    const scale = getComputedStyle(video).objectFit === 'contain' ? Math.min(across, down) : Math.max(across, down);
    const [w, h] = [video.videoWidth * scale, video.videoHeight * scale];
    const mirrored = video.dataset['mirrored'] === 'true';
    return { left: left + (width - w) / 2, top: top + (height - h) / 2, width: w, height: h, mirrored };
  });
  const png = (await page.screenshot({ type: 'png', scale: 'css' })).toString('base64');
  return reader.evaluate(
    // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: it runs in the page, so it has to be in one piece
    async ({ png, box, strip, blue, size }) => {
      const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(size.width, size.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      if (box.mirrored) {
        context.translate(size.width, 0);
        context.scale(-1, 1);
      }
      context.drawImage(bitmap, box.left, box.top, box.width, box.height, 0, 0, size.width, size.height);
      const { data } = context.getImageData(0, 0, size.width, size.height);
      const at = (x: number, y: number) => 4 * (Math.round(y) * size.width + Math.round(x));
      let frame = 0;
      for (let bit = 0; bit < strip.bits; bit++) {
        const x = ((bit + 2.5) / strip.blocks) * size.width;
        frame = frame * 2 + ((data[at(x, size.height * (1 - strip.heightShare / 2))] ?? 0) > 128 ? 1 : 0);
      }
      let [sx, sy, n] = [0, 0, 0];
      for (let y = 0; y < size.height; y++) {
        for (let x = 0; x < size.width; x++) {
          const i = at(x, y);
          const away = Math.hypot((data[i] ?? 0) - blue[0], (data[i + 1] ?? 0) - blue[1], (data[i + 2] ?? 0) - blue[2]);
          if (away > 40) continue;
          sx += x;
          sy += y;
          n++;
        }
      }
      return { frame, at: n < 12 ? null : ([sx / n, sy / n] as const), px: n };
    },
    { png, box, strip, blue: BLUE, size: clipSize },
  );
}

/** Everything on the page that is painted in the drawing's colour, CSS px; null when nothing is. */
export async function paintedOn(
  page: Page,
  reader: Page,
): Promise<{ left: number; top: number; right: number; bottom: number } | null> {
  const png = (await page.screenshot({ type: 'png', scale: 'css' })).toString('base64');
  return reader.evaluate(
    async ({ png, blue }) => {
      const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      const box = { left: width, top: height, right: -1, bottom: -1 };
      for (let i = 0; i < data.length; i += 4) {
        const away = Math.hypot((data[i] ?? 0) - blue[0], (data[i + 1] ?? 0) - blue[1], (data[i + 2] ?? 0) - blue[2]);
        if (away > 40) continue;
        const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y);
      }
      return box.right < 0 ? null : box;
    },
    { png, blue: BLUE },
  );
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
