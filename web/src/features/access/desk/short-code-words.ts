/** A short code in groups of four, as it is printed and read out. */
export const grouped = (shortCode: string): string => shortCode.replace(/(.{4})(?=.)/g, '$1-');

/** Where a short code is typed: the address without its protocol, as people type it. */
export function typingAddress(link: string): string {
  const address = new URL(link);
  return `${address.host}/c`;
}

/** A file's name from a code's name: only what every system takes. */
export function fileName(name: string, ending: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain === '' ? 'code' : plain}.${ending}`;
}
