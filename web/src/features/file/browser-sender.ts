import { createAsk } from '#web/http/client.ts';
import { openKeptVersions } from './kept-versions.ts';
import { createSender, type Sender, type SenderParts } from './sender.ts';
import { sendByTus } from './upload.ts';

const ASKS = { code: createAsk({ as: 'code' }), member: createAsk() };

/** The sender of this browser: what it keeps is in the device's database, and one tab at a time sends each. */
export function openSender(life: AbortSignal, onRefused: SenderParts['onRefused']): Sender {
  const sender = createSender(life, {
    kept: openKeptVersions(),
    ask: (as) => (as === 'code' ? ASKS.code : ASKS.member),
    send: sendByTus,
    alone,
    now: Date.now,
    onRefused,
  });
  addEventListener('online', sender.hurry, { signal: life });
  sender.hurry();
  return sender;
}

async function alone(name: string, run: () => Promise<void>): Promise<boolean> {
  // Missing on pages without https: two tabs may then send the same, which the server takes once.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) {
    await run();
    return true;
  }
  return locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await run();
    return true;
  });
}
