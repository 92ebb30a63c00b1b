import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { CannotStart, codeOf } from './cannot-start.ts';

/** The right to be the only server on a data folder. */
export type ServerLock = {
  /** Tells a second start where this server is found. */
  addressIs(address: string): Promise<void>;
  release(): Promise<void>;
};

const holderSchema = z.object({ pid: z.number().int().positive(), born: z.string(), address: z.string().nullable() });
type Holder = z.output<typeof holderSchema>;

/** Takes the data folder for this process, or refuses with the address and process id of the server that has it. */
export async function lockDataFolder(dataDir: string): Promise<ServerLock> {
  const file = join(dataDir, 'server.lock');
  const me: Holder = { pid: process.pid, born: await birthOf(process.pid), address: null };
  await take(file, me);
  return {
    addressIs: async (address) => {
      me.address = address;
      await writeFile(file, JSON.stringify(me), { mode: 0o644 });
    },
    release: () => rm(file, { force: true }),
  };
}

async function take(file: string, me: Holder): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    try {
      await writeFile(file, JSON.stringify(me), { flag: 'wx', mode: 0o644 });
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder !== null && (await lives(holder))) {
      const where = holder.address === null ? 'is starting' : `is running at ${holder.address}`;
      throw new CannotStart(`Sightglass ${where} on this data folder already (process ${holder.pid}).`);
    }
    // Left behind by kill -9 or a power cut.
    await rm(file, { force: true });
  }
  throw new CannotStart(`The lock ${file} cannot be taken because other servers keep taking it.`);
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A process id alone is not enough: after a restart (in a container always) another process has the same one. */
async function lives(holder: Holder): Promise<boolean> {
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return (await birthOf(holder.pid)) === holder.born;
}

/** When a process was started, as the Linux kernel counts; elsewhere nothing, and the process id has to do. */
async function birthOf(pid: number): Promise<string> {
  const [stat, boot] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
  ]);
  // The name in field 2 may hold spaces and brackets; what is behind its last bracket is regular. Field 22 is the start.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return ticks === '' ? '' : `${boot.trim()}/${ticks}`;
}
