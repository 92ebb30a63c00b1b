import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { shortCodeFrom } from '#core/access/short-code.ts';

/** 256 random bits for an address or a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret. It has 256 random bits, so nothing slower is needed; a lookup by it leaks no part of it. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A random identifier of the kind that the schema names. */
export const newId = <Id>(schema: { parse(text: string): Id }): Id => schema.parse(randomUUID());

/** A random short code. */
export function newShortCode(): string {
  for (;;) {
    const made = shortCodeFrom(randomBytes(16));
    if (made !== null) return made;
  }
}
