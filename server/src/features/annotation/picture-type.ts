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

/**
 * Width and height that the file says it has, from its head alone (PNG: IHDR; WebP: VP8X, VP8 or VP8L chunk; JPEG: the first frame
 * header); null when it does not say. A small file may unfold to gigabytes in the browser that shows it.
 */
export function pictureSizeOf(
  bytes: Buffer,
  type: PictureType,
): { readonly width: number; readonly height: number } | null {
  try {
    if (type === 'image/png') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    return type === 'image/jpeg' ? jpegSize(bytes) : webpSize(bytes);
  } catch (error) {
    // The head is cut off.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function webpSize(bytes: Buffer) {
  const chunk = ascii(bytes, 12, 16);
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (chunk !== 'VP8L') return null;
  const packed = bytes.readUInt32LE(21);
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
}

/** SOF0…SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
const isFrameHeader = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(bytes: Buffer) {
  for (let at = 2; bytes.readUInt8(at) === 0xff; ) {
    const marker = bytes.readUInt8(at + 1);
    // Padding before a marker.
    if (marker === 0xff) at += 1;
    else if (isFrameHeader(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
