import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FileStorage, storageKeyOf } from '../../ports/storage.ts';
import { folderStorage } from './folder.ts';

let folder: string;
let storage: FileStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-storage-'));
  storage = folderStorage(join(folder, 'kept'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const key = storageKeyOf('a', 'b', 'c');
const read = async (...asked: Parameters<FileStorage['read']>) => {
  const stream = await storage.read(...asked);
  return stream === null ? null : text(stream);
};
const listed = async (under = storageKeyOf('a')) => {
  const keys: string[] = [];
  for await (const one of storage.list(under)) keys.push(one);
  return keys.toSorted();
};

test('bytes are kept, read whole or in part, measured, replaced and removed with their folders', async () => {
  await storage.put(key, Buffer.from('0123456789'));
  expect([await read(key), await read(key, { start: 2, end: 4 }), await storage.size(key)]).toEqual([
    '0123456789',
    '234',
    10,
  ]);
  await storage.put(key, Buffer.from('new'));
  expect(await read(key)).toBe('new');
  await storage.put(storageKeyOf('a', 'x'), Buffer.from(''));
  await storage.remove(key);
  await storage.remove(key);
  expect([await read(key), await storage.size(key)]).toEqual([null, null]);
  expect(await readdir(join(folder, 'kept', 'a'))).toEqual(['x']);
});

test('a file is taken in and stays until its maker removes it', async () => {
  const source = join(folder, 'source');
  await writeFile(source, 'bytes');
  await storage.adopt(key, source);
  expect([await read(key), await readFile(source, 'utf8')]).toEqual(['bytes', 'bytes']);
  await storage.adopt(key, source);
  await rm(source);
  expect(await read(key)).toBe('bytes');
  await expect(storage.adopt(key, source)).rejects.toThrow();
  expect(await readdir(join(folder, 'kept', 'a', 'b'))).toEqual(['c']);
});

test('what is under a key is listed, without what is being written; an old rest of that is tidied away', async () => {
  for (const name of ['1', '2']) await storage.put(storageKeyOf('a', name), Buffer.from(name));
  await storage.put(storageKeyOf('ab'), Buffer.from('x'));
  await mkdir(join(folder, 'kept', 'a', 'b'), { recursive: true });
  await writeFile(join(folder, 'kept', 'a', 'b', 'c.1.part'), 'half');
  expect(await listed()).toEqual(['a/1', 'a/2']);
  expect(await listed(storageKeyOf('none'))).toEqual([]);
  await storage.tidy(new Date(Date.now() - 60_000));
  expect(await readdir(join(folder, 'kept', 'a', 'b'))).toHaveLength(1);
  await storage.tidy(new Date(Date.now() + 60_000));
  expect(await readdir(join(folder, 'kept', 'a', 'b'))).toEqual([]);
  expect(await listed()).toEqual(['a/1', 'a/2']);
});
