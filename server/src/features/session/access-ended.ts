import { and, eq, sql } from 'drizzle-orm';
import { ParticipantId, SessionId } from '#contract/ids.ts';
import type { Database } from '../../database/pool.ts';
import { code, codeUser, member } from '../access/index.ts';
import { ticket } from '../ticket/index.ts';
import { codeOf } from './store.ts';
import { participant, session } from './tables.ts';

/**
 * Those who are in a session and may no longer see it: the code was switched off or rotated, the ticket has moved to
 * another code, the member was switched off. Hiding a session sees nobody out: it goes on for those who are in it. Their page has been shut out already; this is
 * for their media, which goes from browser to browser until the others hear that they have left.
 */
export async function findThoseWithoutAccess(
  database: Database,
): Promise<readonly { readonly id: ParticipantId; readonly sessionId: SessionId }[]> {
  const memberMay = sql`exists (select 1 from ${member} where ${member.id} = ${participant.memberId} and ${member.active})`;
  const deviceMay = sql`exists (
    select 1 from ${codeUser} join ${code} on ${code.id} = ${codeUser.codeId}
    where ${codeUser.deviceId} = ${participant.deviceId} and ${codeUser.codeId} = ${codeOf}
      and ${code.enabled} and ${codeUser.generation} = ${code.generation})`;
  const rows = await database
    .select({ id: participant.id, sessionId: participant.sessionId })
    .from(participant)
    .innerJoin(session, eq(session.id, participant.sessionId))
    .leftJoin(ticket, eq(ticket.id, session.ticketId))
    .where(
      and(
        eq(participant.state, 'in'),
        sql`not (case when ${participant.memberId} is null then ${deviceMay} else ${memberMay} end)`,
      ),
    );
  return rows.map((row) => ({ id: ParticipantId.parse(row.id), sessionId: SessionId.parse(row.sessionId) }));
}
