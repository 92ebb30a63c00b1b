import { open } from 'node:fs/promises';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { type PictureType, pictureSizeOf, pictureTypeOf } from '../annotation/index.ts';

/** A picture as its bytes say it is. */
export interface PictureFacts {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

/** Where a phone's JPEG has its size: behind what the camera says about itself. */
const HEAD_BYTES = 1_000_000;

/** What is in a file that somebody says is a picture; `field` is the refusal's. */
export async function readPictureFacts(path: string, mostSide: number, field: string): Promise<Outcome<PictureFacts>> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const type = pictureTypeOf(head);
    const size = type === null ? null : pictureSizeOf(head, type);
    if (type === null || size === null || size.width === 0 || size.height === 0) {
      return refused('wrong-content-type', field);
    }
    if (Math.max(size.width, size.height) > mostSide) return refused('too-large', field);
    return accepted({ type, ...size });
  } finally {
    await file.close();
  }
}
