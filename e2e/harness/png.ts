import { inflateSync } from 'node:zlib';

/** A picture as the browser gives it: `channels` bytes per px, red, green and blue first. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

const SIGNATURE_BYTES = 8;

/** Reads a PNG of 8 bits without interlacing, which is what Chromium makes of a page: no page is needed to look into it. */
export function readPng(file: Buffer): Raster {
  let header: Buffer | null = null;
  const parts: Buffer[] = [];
  for (let at = SIGNATURE_BYTES; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = body;
    if (kind === 'IDAT') parts.push(body);
    at += length + 12;
  }
  if (header === null) throw new Error('this is no PNG');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9] ?? 0];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) throw new Error('a PNG of another kind');
  return { width, height, channels, data: unfilter(inflateSync(Buffer.concat(parts)), width * channels, channels) };
}

/** Undoes what each row says it was filtered with; `packed` has that as one byte before each row of so many bytes. */
function unfilter(packed: Uint8Array, stride: number, channels: number): Uint8Array {
  const rows = packed.length / (stride + 1);
  const data = new Uint8Array(rows * stride);
  let above = new Uint8Array(stride);
  for (let row = 0; row < rows; row++) {
    const from = row * (stride + 1);
    const line = data.subarray(row * stride, (row + 1) * stride);
    line.set(packed.subarray(from + 1, from + 1 + stride));
    undo(packed[from] ?? 0, line, above, channels);
    above = line;
  }
  return data;
}

/** One row (the PNG specification, 9.2): its bytes are what was added to the neighbour on the left, above, or both. */
function undo(filter: number, line: Uint8Array, above: Uint8Array, channels: number): void {
  if (filter === 1) for (let i = channels; i < line.length; i++) line[i] = (line[i] ?? 0) + (line[i - channels] ?? 0);
  if (filter === 2) for (let i = 0; i < line.length; i++) line[i] = (line[i] ?? 0) + (above[i] ?? 0);
  if (filter < 3) return;
  for (let i = 0; i < line.length; i++) {
    const [left, up, corner] = [line[i - channels] ?? 0, above[i] ?? 0, above[i - channels] ?? 0];
    line[i] = (line[i] ?? 0) + (filter === 3 ? (left + up) >> 1 : nearest(left, up, corner));
  }
}

/** Which of the three is nearest to where they lead (Paeth). */
function nearest(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
