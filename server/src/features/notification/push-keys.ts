import webPush from 'web-push';
import type { Database } from '../../database/pool.ts';
import { pushKey } from './tables.ts';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The server's keys: made when they are first needed, kept for good. Others would make every browser's opt-in worthless. */
export function openPushKeys(database: Database): () => Promise<PushKeys> {
  let kept: PushKeys | null = null;
  return async () => {
    if (kept !== null) return kept;
    await database.insert(pushKey).values(webPush.generateVAPIDKeys()).onConflictDoNothing();
    const [row] = await database.select().from(pushKey);
    if (row === undefined) throw new Error('the keys for push messages vanished');
    kept = { publicKey: row.publicKey, privateKey: row.privateKey };
    return kept;
  };
}
