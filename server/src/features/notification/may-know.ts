import type { SessionId } from '#contract/ids.ts';
import type { Database } from '../../database/pool.ts';
import { contactOf } from '../request/index.ts';
import { findSession } from '../session/index.ts';
import { findDevices } from './receivers.ts';

/** Whether the customer who asked for a session may know of it now: it is public, not erased, and of a code that they still use. */
export async function mayAskerKnow(database: Database, id: SessionId): Promise<boolean> {
  const row = await findSession(database, id);
  if (row === null || row.visibility !== 'public' || row.erasedAt !== null || row.codeId === null) return false;
  const contact = await contactOf(database, id);
  if (contact === null) return false;
  return (await findDevices(database, row.codeId, { only: contact.deviceId, email: contact.email })).length > 0;
}
