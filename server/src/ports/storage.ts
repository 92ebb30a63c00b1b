import type { Readable } from 'node:stream';

/** Where a kept file lies: lower-case words, digits and dashes, with slashes between. Made by features, never from input. */
declare const storageKey: unique symbol;
export type StorageKey = string & { readonly [storageKey]: true };

const KEY = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;

/** Makes a key of parts; throws on a part that could leave its place. */
export function storageKeyOf(...parts: readonly string[]): StorageKey {
  const key = parts.join('/');
  if (!KEY.test(key)) throw new Error(`not a storage key: ${key}`);
  return key as StorageKey;
}

/** Bytes from and up to, both counted in, as in a Range header. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Keeps files: pictures, screenshots, recordings. A folder by default; an object store when it grows. */
export interface FileStorage {
  /** Keeps these bytes, replacing what was there. Once it resolves they survive a crash; before that nobody sees a part of them. */
  put(key: StorageKey, bytes: Uint8Array): Promise<void>;
  /**
   * Keeps the file at this path of this computer, replacing what was there, as `put` does. The file itself stays where it is until
   * whoever made it removes it: so a change that fails after this has lost nothing. It must not be written to any more.
   */
  adopt(key: StorageKey, path: string): Promise<void>;
  /** Its bytes, or those in the range; null when there is none. */
  read(key: StorageKey, range?: ByteRange): Promise<Readable | null>;
  /** In bytes; null when there is none. */
  size(key: StorageKey): Promise<number | null>;
  /** Removes the file; one that is not there is no error. */
  remove(key: StorageKey): Promise<void>;
  /** Everything whose key begins with this one and a slash, in no order. */
  list(under: StorageKey): AsyncIterable<StorageKey>;
  /** Removes what writes that were interrupted before this moment have left. */
  tidy(before: Date): Promise<void>;
}
