import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface Level {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

function tokens(bytes: Uint8Array): { values: number[]; start: number } {
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const match = /^P5\s+(?:#.*\n)?(\d+)\s+(\d+)\s+(\d+)\s/.exec(header);
  if (!match) throw new Error('not a gray PGM picture');
  return { values: match.slice(1).map(Number), start: match[0].length };
}

const cache = new Map<string, readonly Level[]>();

/** A picture of pictures/ with its half, quarter, ... sizes. */
export function picture(name: string): readonly Level[] {
  const known = cache.get(name);
  if (known) return known;
  const bytes = gunzipSync(readFileSync(new URL(`./pictures/${name}.pgm.gz`, import.meta.url)));
  const { values, start } = tokens(bytes);
  const [width = 0, height = 0] = values;
  const levels: Level[] = [{ width, height, data: Float32Array.from(bytes.subarray(start, start + width * height)) }];
  for (let l = levels[0]; l && l.width > 8 && l.height > 8; l = levels.at(-1)) levels.push(halved(l));
  cache.set(name, levels);
  return levels;
}

function halved(from: Level): Level {
  const width = from.width >> 1;
  const height = from.height >> 1;
  const data = new Float32Array(width * height);
  const d = from.data;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = 2 * y * from.width + 2 * x;
      data[y * width + x] = 0.25 * (d[i]! + d[i + 1]! + d[i + from.width]! + d[i + from.width + 1]!);
    }
  }
  return { width, height, data };
}
