/** The kinds of pictures a page may add. */
export type PictureType = 'image/webp' | 'image/jpeg' | 'image/png';

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/**
 * What these bytes are, by their first ones (RIFF container with WEBP; JPEG SOI marker; PNG signature); null for anything
 * else. What a sender calls them is not believed.
 */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(bytes, 1, 4) === 'PNG' && bytes[0] === 0x89) return 'image/png';
  return null;
}
