import { randomUUID } from 'node:crypto';
import { picturePath } from '#contract/annotation/http.ts';
import type { Answer, Client } from './client.ts';

/** Bytes that begin as a WebP file of this width does; no two alike. */
export function webp(size = 200, width = 640): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(`RIFF....WEBPVP8X${'.'.repeat(14)}${randomUUID()}`.padEnd(size, '.'));
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(359, 27, 3);
  return new Uint8Array(bytes);
}

/** Where a picture of a session is. */
export const pictureAt = (sessionId: string, pictureId: string): string =>
  picturePath.replace(':sessionId', sessionId).replace(':pictureId', pictureId);

/** Adds a picture as a page does. */
export const putPicture = (
  client: Client,
  sessionId: string,
  pictureId: string,
  bytes: Uint8Array<ArrayBuffer>,
  type = 'image/webp',
): Promise<Answer> => client.send('PUT', pictureAt(sessionId, pictureId), bytes, { 'content-type': type });

/** A small drawing with a new id. */
export const drawingOn = (surface: object, shape: object = { tool: 'mark', at: [0.5, 0.5], number: 1 }) => ({
  id: randomUUID(),
  surface,
  shape,
  style: { colour: 'yellow', width: 'medium' },
});

/** Bytes that begin as a JPEG of this size does, colours and all; no two alike. No picture: nobody decodes it on the server. */
export function jpeg(size = 400, width = 640, height = 360): Uint8Array<ArrayBuffer> {
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc00011080000000003012200021101031101', 'hex');
  head.writeUInt16BE(height, 25);
  head.writeUInt16BE(width, 27);
  const bytes = Buffer.alloc(Math.max(size, head.length + 40), 0x20);
  head.copy(bytes);
  bytes.write(randomUUID(), head.length, 'latin1');
  bytes.writeUInt16BE(0xffd9, bytes.length - 2);
  return new Uint8Array(bytes);
}
