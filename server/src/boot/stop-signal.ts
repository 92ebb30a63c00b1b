import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';

/** Why the program is asked to stop: the signal's reason. */
type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'parent ended' | 'fault';

/** How long a stop may take before the process ends all the same. */
const patienceMs = 25_000;

/**
 * A signal that aborts when this program is to stop: Ctrl-C, a service manager, the closed terminal, or the end of the
 * start script or npm above it (npm ends at a Ctrl-C or a kill without always passing it on). A second Ctrl-C ends the
 * process at once.
 */
export function stopSignal(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let stoppedAt = 0;
  const stop = (reason: StopReason): void => {
    if (controller.signal.aborted) {
      // Terminal and npm may both send the first Ctrl-C, so a repeat within a second is the same one.
      if (reason === 'SIGINT' && Date.now() - stoppedAt > 1000) process.exit(130);
      return;
    }
    stoppedAt = Date.now();
    setTimeout(() => process.exit(1), patienceMs).unref();
    controller.abort(reason);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop(name));
  // The start script on an older Node runs this program as its child with a channel; the channel closes with it.
  process.on('disconnect', () => stop('parent ended'));
  process.on('message', (message) => {
    if (message === 'stop') stop('SIGTERM');
  });
  if (process.env['npm_lifecycle_event'] !== undefined) watchParent(controller.signal, () => stop('parent ended'));
  return { signal: controller.signal, stop: () => stop('fault') };
}

/** Logs what nobody caught. A rejection leaves the rest working; an exception may not, so the program stops in order. */
export function logFaults(log: Logger, stop: () => void): void {
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a promise was rejected and nobody cared'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an exception nobody caught: stopping');
    stop();
  });
}

function watchParent(signal: AbortSignal, gone: () => void): void {
  const ancestors = lineage();
  const timer = setInterval(() => {
    if (lineage() !== ancestors) gone();
  }, 500).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Parent and grandparent: npm runs scripts through a shell that outlives it, so the parent alone says nothing. */
function lineage(): string {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}
