import type { Page } from '@playwright/test';

/** What a test looks at in a picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Brightness, 0…255, along a line across and a line down. */
  readonly row: readonly number[];
  readonly column: readonly number[];
  /** How many px are of the pen's yellow. */
  readonly yellow: number;
}

/** Opens a picture in a browser; lines at these parts of its height and width. */
export function pixelsOf(page: Page, bytes: Buffer, at: { readonly x?: number; readonly y?: number }): Promise<Pixels> {
  return page.evaluate(
    async ({ base64, x, y }) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([data]));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      const light = (from: Uint8ClampedArray) =>
        Array.from(
          { length: from.length / 4 },
          (_, i) => ((from[4 * i] ?? 0) + (from[4 * i + 1] ?? 0) + (from[4 * i + 2] ?? 0)) / 3,
        );
      const all = context.getImageData(0, 0, width, height).data;
      let yellow = 0;
      for (let i = 0; i < all.length; i += 4) {
        if ((all[i] ?? 0) > 220 && (all[i + 1] ?? 0) > 180 && (all[i + 2] ?? 0) < 110) yellow++;
      }
      return {
        width,
        height,
        row: light(context.getImageData(0, Math.floor(height * y), width, 1).data),
        column: light(context.getImageData(Math.floor(width * x), 0, 1, height).data),
        yellow,
      };
    },
    { base64: bytes.toString('base64'), x: at.x ?? 0.5, y: at.y ?? 0.5 },
  );
}

/** The names in a ZIP, from its directory. */
export function namesInZip(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4)) {
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.subarray(at + 46, at + 46 + length).toString());
  }
  return names;
}
