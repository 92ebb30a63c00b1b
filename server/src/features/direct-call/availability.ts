import { and, asc, eq, exists } from 'drizzle-orm';
import type { Availability } from '#contract/direct-call/http.ts';
import type { MemberId } from '#contract/ids.ts';
import { availabilityOf } from '#core/direct-call/availability.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { member } from '../access/index.ts';
import { participant } from '../session/index.ts';
import type { DirectCallParts } from './direct-call-parts.ts';
import { memberAvailability } from './tables.ts';

export interface MemberAvailability {
  readonly id: MemberId;
  readonly name: string;
  readonly availability: Availability;
}

/** Every member that is not switched off, by name. */
export async function readAvailability(
  { pages, clock }: Pick<DirectCallParts, 'pages' | 'clock'>,
  database: Database | Transaction,
): Promise<readonly MemberAvailability[]> {
  const inSession = database
    .select({ id: participant.id })
    .from(participant)
    .where(and(eq(participant.memberId, member.id), eq(participant.state, 'in')));
  const rows = await database
    .select({ id: member.id, name: member.name, chosen: memberAvailability.chosen, isInSession: exists(inSession) })
    .from(member)
    .leftJoin(memberAvailability, eq(memberAvailability.memberId, member.id))
    .where(eq(member.active, true))
    .orderBy(asc(member.name), asc(member.id));
  const now = clock().getTime();
  return rows.map(({ id, name, chosen, isInSession }) => ({
    id,
    name,
    availability: availabilityOf(
      { chosen: chosen ?? 'available', isInSession: isInSession === true, ...pages.of(id) },
      now,
    ),
  }));
}

/** What the member has chosen by hand. */
export async function readChosen(database: Database | Transaction, memberId: MemberId): Promise<'available' | 'away'> {
  const [row] = await database
    .select({ chosen: memberAvailability.chosen })
    .from(memberAvailability)
    .where(eq(memberAvailability.memberId, memberId));
  return row?.chosen ?? 'available';
}

/** Whether what rings for the member is shown to them: neither in a session nor away by hand. Idle ones are to hear it on. */
export async function canRingNow(database: Database | Transaction, memberId: MemberId): Promise<boolean> {
  if ((await readChosen(database, memberId)) === 'away') return false;
  const [place] = await database
    .select({ id: participant.id })
    .from(participant)
    .where(and(eq(participant.memberId, memberId), eq(participant.state, 'in')))
    .limit(1);
  return place === undefined;
}
