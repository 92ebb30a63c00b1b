import type { Page } from '@playwright/test';
import { strip } from '../fixtures/frame-strip.ts';

/* Where a drawing is in a screenshot, and where it should be: the customer's clip (fixtures/clips.ts) moves in a known way. */

const PICTURE = { width: 1280, height: 720 };
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
    { png, box, strip, blue: BLUE, size: PICTURE },
  );
}

/** The clip's motion (fixtures/clips.ts, customer): where the camera looks in frame n. */
function camera(frame: number) {
  const turn = (frame / 90) * 2 * Math.PI + 2.1;
  const zoom = 2.9 + 0.45 * Math.sin(turn) + 0.03 * Math.sin(5 * turn);
  const angle = 0.06 * Math.sin(turn + 1) + 0.01 * Math.sin(4 * turn);
  const x = 640 * (0.5 + 0.09 * Math.sin(2 * turn) + 0.004 * Math.sin(7 * turn));
  const y = 480 * (0.5 + 0.08 * Math.cos(turn) + 0.004 * Math.cos(6 * turn));
  return { x, y, across: Math.cos(angle) / zoom, down: Math.sin(angle) / zoom };
}
/** The place of the photograph that is at this px of the clip's frame. */
export function toPhoto(frame: number, [px, py]: readonly [number, number]): readonly [number, number] {
  const c = camera(frame);
  const [dx, dy] = [px - PICTURE.width / 2, py - PICTURE.height / 2];
  return [c.x + dx * c.across - dy * c.down, c.y + dy * c.across + dx * c.down];
}
/** The px of the clip's frame at which this place of the photograph is. */
export function toPicture(frame: number, [x, y]: readonly [number, number]): readonly [number, number] {
  const c = camera(frame);
  const [dx, dy] = [x - c.x, y - c.y];
  const k = c.across ** 2 + c.down ** 2;
  return [
    PICTURE.width / 2 + (dx * c.across + dy * c.down) / k,
    PICTURE.height / 2 + (dy * c.across - dx * c.down) / k,
  ];
}
