import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';

/** How many requests may wait for one upload, and how long. */
const MOST_WAITING = 3;
const PATIENCE_MS = 10_000;

interface Held {
  readonly askToFinish: RequestRelease;
  readonly waiting: (() => void)[];
}

/**
 * One request at a time per upload. A newcomer asks the one before to finish, because that is most likely a lost connection
 * which nobody has noticed yet; what it brought is kept.
 */
export function createUploadLocks(): Locker {
  const held = new Map<string, Held>();

  const wait = (before: Held, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = () => {
        before.waiting.splice(before.waiting.indexOf(go), 1);
        stop();
        reject(ERRORS.ERR_LOCK_TIMEOUT);
      };
      const timer = setTimeout(giveUp, PATIENCE_MS);
      const stop = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
      };
      const go = () => {
        stop();
        resolve();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      before.waiting.push(go);
    });

  const lockOf = (id: string): Lock => ({
    lock: async (signal, askToFinish) => {
      const before = held.get(id);
      if (before === undefined) {
        held.set(id, { askToFinish, waiting: [] });
        return;
      }
      if (before.waiting.length >= MOST_WAITING) throw { status_code: 429, body: '' };
      const granted = wait(before, signal);
      await before.askToFinish();
      await granted;
      held.set(id, { askToFinish, waiting: before.waiting });
      if (before.waiting.length > 0) await askToFinish();
    },
    unlock: async () => {
      const next = held.get(id)?.waiting.shift();
      if (next === undefined) held.delete(id);
      else next();
    },
  });
  return { newLock: lockOf };
}
