import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from './server-lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes the lock as a living process other than this one would have. */
async function heldByAnother(address: string | null): Promise<{ pid: number; end(): void }> {
  const other = spawn('sleep', ['60']);
  const pid = other.pid ?? 0;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  const born = `${boot.trim()}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  await writeFile(join(folder, 'server.lock'), JSON.stringify({ pid, born, address }));
  return { pid, end: () => other.kill() };
}

test('a second server is refused with the address and process of the first', async () => {
  const other = await heldByAnother('http://localhost:8080');
  const sentence = `Sightglass is running at http://localhost:8080 on this data folder already (process ${other.pid}).`;
  await expect(lockDataFolder(folder)).rejects.toThrow(sentence);
  other.end();
});

test('one that is still starting has no address yet', async () => {
  const other = await heldByAnother(null);
  await expect(lockDataFolder(folder)).rejects.toThrow('Sightglass is starting on this data folder already');
  other.end();
});

test.each([
  ['a process that is gone', { pid: 4_194_303, born: 'x', address: null }],
  ['a process whose id another one has now', { pid: 1, born: 'an earlier boot', address: null }],
  ['this process id in an earlier container', { pid: process.pid, born: 'an earlier boot', address: null }],
])('the lock of %s is taken over', async (_who, holder) => {
  await writeFile(join(folder, 'server.lock'), JSON.stringify(holder));
  const lock = await lockDataFolder(folder);
  await lock.addressIs('http://localhost:1');
  expect(JSON.parse(await readFile(join(folder, 'server.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  await lock.release();
  await expect(readFile(join(folder, 'server.lock'))).rejects.toThrow('ENOENT');
});

test('a lock that was cut off while it was written is taken over', async () => {
  await writeFile(join(folder, 'server.lock'), '{"pid":');
  await (await lockDataFolder(folder)).release();
});
