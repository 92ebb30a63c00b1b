import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

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
