import { eq } from 'drizzle-orm';
import type { Contact } from '#contract/direct-call/http.ts';
import type { CodeId } from '#contract/ids.ts';
import { openingAt } from '#core/direct-call/office-hours.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { code, readPoliciesOf } from '../access/index.ts';
import { readAvailability } from './availability.ts';
import type { DirectCallParts } from './direct-call-parts.ts';

/** What a user of this code can do right now, and why not more. */
export async function readContactOf(
  parts: DirectCallParts,
  database: Database | Transaction,
  codeId: CodeId,
): Promise<Contact> {
  const nothing = { message: null, opensAt: null };
  const { directCall, officeHours } = await readPoliciesOf(database);
  const [row] = await database.select({ directCall: code.directCall }).from(code).where(eq(code.id, codeId));
  if (!directCall.enabled || row?.directCall !== true) return { directCall: 'off', ...nothing };
  const opening = openingAt(officeHours, parts.clock());
  if (!opening.isOpen) {
    const opensAt = opening.opensAt?.toISOString() ?? null;
    return { directCall: 'outside-hours', message: officeHours.message, opensAt };
  }
  const members = await readAvailability(parts, database);
  const isSomebodyThere = members.some(({ availability }) => availability === 'available');
  return { directCall: isSomebodyThere ? 'possible' : 'nobody-available', ...nothing };
}
