import type { z } from 'zod/mini';
import { type CodeKey, LinkSecret, ShortCode } from '#contract/access/http.ts';

export type Key = z.input<typeof CodeKey>;

/** The key in the address of the page: `/c/<link>`; null on `/c`, where the short code is typed. */
export function keyOfPath(path: string): Key | null {
  const link = LinkSecret.safeParse(path.split('/')[2]);
  return link.success ? { link: link.data } : null;
}

/** The key that a person typed; null while it can't be one. */
export function keyOfTyped(typed: string): Key | null {
  return ShortCode.safeParse(typed).success ? { shortCode: typed } : null;
}

/** Shows what is being typed as it stands on the label: capitals, in two groups of four. */
export function spelled(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, 8);
  return plain.length > 4 ? `${plain.slice(0, 4)} ${plain.slice(4)}` : plain;
}
