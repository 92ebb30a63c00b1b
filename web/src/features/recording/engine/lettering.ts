import type { Size } from '#core/geometry/points.ts';
import { colourOf, createPicture, fill, type Picture, type Pixels, pictureOf } from './planes.ts';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
/** The ground of the session's screen. */
export const ground = colourOf(15, 18, 20);
const CARD = '#1b2126';
const LABEL_HEIGHT = 26;

/** A name on a dark ground, to lie over a picture; px with their opacity. Null where the browser has no canvas in a worker. */
export function labelOf(name: string, most: number): Pixels | null {
  const context = new OffscreenCanvas(Math.max(2, most & ~1), LABEL_HEIGHT).getContext('2d', LETTERS);
  if (context === null) return null;
  context.font = `600 14px ${FONT}`;
  const text = shortened(context, name, most - 20);
  const width = Math.min(most & ~1, 2 * Math.ceil((context.measureText(text).width + 16) / 2));
  context.fillStyle = 'rgb(0 0 0 / 62%)';
  context.beginPath();
  context.roundRect(0, 0, width, LABEL_HEIGHT, 8);
  context.fill();
  context.fillStyle = '#ffffff';
  context.textBaseline = 'middle';
  context.fillText(text, 8, LABEL_HEIGHT / 2 + 1);
  return context.getImageData(0, 0, width, LABEL_HEIGHT);
}

/** What is shown of somebody without a picture. */
export function cardOf(name: string, size: Size): Picture {
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d', LETTERS);
  if (context === null) {
    const plain = createPicture(size);
    fill(plain, { x: 0, y: 0, ...size }, ground);
    return plain;
  }
  context.fillStyle = CARD;
  context.fillRect(0, 0, size.width, size.height);
  context.fillStyle = '#e9edf0';
  context.font = `600 ${Math.round(Math.max(15, size.height / 14))}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(shortened(context, name, size.width * 0.85), size.width / 2, size.height / 2);
  return pictureOf(context.getImageData(0, 0, size.width, size.height));
}

const LETTERS = { willReadFrequently: true } as const;

function shortened(context: OffscreenCanvasRenderingContext2D, text: string, most: number): string {
  let shown = text;
  while (shown.length > 1 && context.measureText(shown).width > most) shown = `${shown.slice(0, -2).trimEnd()}…`;
  return shown;
}
