/** No 0 O 1 I L U: they are misread, or misheard on the telephone. The contract's `ShortCode` accepts exactly these. */
export const shortCodeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const shortCodeLength = 8;

/** Bytes from here on are skipped: using them would make the first letters of the alphabet likelier than the others. */
const fairBelow = 256 - (256 % shortCodeAlphabet.length);

/** Makes a short code (30^8, about 39 bits) from random bytes; null when too many of them had to be skipped. */
export function shortCodeFrom(bytes: Iterable<number>): string | null {
  let made = '';
  for (const byte of bytes) {
    if (byte >= fairBelow) continue;
    made += shortCodeAlphabet.charAt(byte % shortCodeAlphabet.length);
    if (made.length === shortCodeLength) return made;
  }
  return null;
}
