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

/** Keeps files: pictures, later recordings. A folder by default; an object store when it grows. */
export interface FileStorage {
  /** Keeps these bytes, replacing what was there. Once it resolves they survive a crash; before that nobody sees a part of them. */
  put(key: StorageKey, bytes: Uint8Array): Promise<void>;
  /** The file from its beginning, or null when there is none. */
  read(key: StorageKey): Promise<Readable | null>;
  /** Removes the file; one that is not there is no error. */
  remove(key: StorageKey): Promise<void>;
}
