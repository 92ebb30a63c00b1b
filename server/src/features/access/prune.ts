import { and, isNotNull, lte, or } from 'drizzle-orm';
import { familiarSince } from '#core/access/expiry.ts';
import type { Database } from '../../database/pool.ts';
import { deviceToken, login, passwordReset } from './tables.ts';

/**
 * Forgets logins that are over, once they no longer tell that an address is familiar, and tokens of devices that did not
 * come back, and links for new passwords that are over; returns how many. Devices themselves stay: tickets and sessions say who wrote.
 */
export async function pruneAccess(database: Database, now: Date): Promise<number> {
  const isOver = or(isNotNull(login.endedAt), lte(login.expiresAt, now));
  const logins = await database.delete(login).where(and(isOver, lte(login.lastSeenAt, familiarSince(now))));
  const tokens = await database.delete(deviceToken).where(lte(deviceToken.expiresAt, now));
  const resets = await database.delete(passwordReset).where(lte(passwordReset.expiresAt, now));
  return (logins.rowCount ?? 0) + (tokens.rowCount ?? 0) + (resets.rowCount ?? 0);
}
