import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Starts a program and waits until a line of its output matches; its errors, and what it says after that, go to our own. */
export async function startUntil(
  [command, ...words]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
  matches: RegExp,
): Promise<{ process: ChildProcess; match: RegExpExecArray }> {
  const child = spawn(command, words, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      const found = matches.exec(output);
      if (found === null) return;
      child.stdout.off('data', look).pipe(process.stderr, { end: false });
      resolve(found);
    };
    child.stdout.on('data', look);
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code} before it was ready:\n${output}`)));
  });
  return { process: child, match };
}

/** Asks a program to end and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** User and system time of a process so far; a clock tick of /proc is 10 ms. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The same of the threads that there are now, exact to the nanosecond: for what needs little. Null once the process is gone. */
export function threadsCpuMs(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
      .reduce((all, one) => all + one, 0);
  } catch {
    return null;
  }
}

/** What a process has in memory now, MB. */
export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** The first process of a PostgreSQL, by its data folder. */
export const postmasterOf = (folder: string): number =>
  Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);

/** The processes that a process has started, as of now. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
