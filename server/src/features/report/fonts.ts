import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

const resolve = createRequire(import.meta.url).resolve;

/** What is written on paper with, read once: Roboto (Apache-2.0). What it can write: `core/report/letters.ts`. */
export const fonts = { regular: read('Regular'), bold: read('Bold') } as const;
export type FontName = keyof typeof fonts;

function read(weight: string): Buffer {
  return unpack(readFileSync(resolve(`roboto-fontface/fonts/roboto/Roboto-${weight}.woff`)));
}

/**
 * A WOFF as the TrueType font that is packed in it. A packed one would be inflated anew for every letter of every document
 * (900 letters: 3.7 s, this way 0.3 s).
 */
function unpack(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const pieces = [head];
  let end = head.length;
  for (let index = 0; index < count; index++) {
    const [entry, place] = [44 + 20 * index, 12 + 16 * index];
    const [from, packed, size] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at));
    if (from === undefined || packed === undefined || size === undefined) throw new Error('not a WOFF');
    const bytes = woff.subarray(from, from + packed);
    // Tag and checksum stay, and each table begins at a multiple of four.
    woff.copy(head, place, entry, entry + 4);
    woff.copy(head, place + 4, entry + 16, entry + 20);
    head.writeUInt32BE(end, place + 8);
    head.writeUInt32BE(size, place + 12);
    const table = Buffer.alloc(Math.ceil(size / 4) * 4);
    (packed < size ? inflateSync(bytes) : bytes).copy(table);
    pieces.push(table);
    end += table.length;
  }
  return Buffer.concat(pieces);
}
