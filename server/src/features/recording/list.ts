import { and, count, desc, eq, ilike, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { SessionId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import type { Recording } from '#contract/recording/http.ts';
import type { Database } from '../../database/pool.ts';
import { readPoliciesOf } from '../access/index.ts';
import { findParticipants, findSessions, participant, session } from '../session/index.ts';
import { ticket } from '../ticket/index.ts';
import { readLedgers } from './ledger.ts';
import { presentRecording } from './present.ts';
import { findRecordingsOf, type RecordingRow } from './store.ts';
import { recording } from './tables.ts';

/** These rows with everything that is shown of them. */
async function present(database: Database, rows: readonly RecordingRow[], withLedger: boolean): Promise<Recording[]> {
  const sessionIds = [...new Set(rows.map((row) => SessionId.parse(row.sessionId)))];
  const sessions = await findSessions(database, sessionIds);
  const people = await findParticipants(database, sessionIds);
  const policies = await readPoliciesOf(database);
  const ids = withLedger ? rows.map(({ id }) => id) : [];
  const ledgers = await readLedgers(database, ids);
  return rows.flatMap((row) => {
    const its = sessions.find(({ id }) => id === row.sessionId);
    const ledger = ledgers.get(row.id) ?? [];
    return its === undefined ? [] : [presentRecording(row, its, { people, ledger, policies })];
  });
}

/** Those of one session, oldest first. */
export const listOfSession = async (database: Database, sessionId: SessionId, withLedger: boolean) =>
  present(database, await findRecordingsOf(database, sessionId), withLedger);

const over = ['ready', 'failed', 'declined', 'erased'] as const;

const isIn = (state: 'ready' | 'running' | 'failed' | 'erased' | undefined): SQL | undefined => {
  if (state === undefined) return undefined;
  return state === 'running' ? notInArray(recording.state, [...over]) : eq(recording.state, state);
};

/** A page of all recordings, newest first, with what all that match add up to. */
export async function listAll(
  database: Database,
  asked: {
    readonly page: number;
    readonly search: string;
    readonly state?: 'ready' | 'running' | 'failed' | 'erased' | undefined;
  },
): Promise<{ recordings: Recording[]; total: number; bytes: number }> {
  const matches = and(isIn(asked.state), asked.search === '' ? undefined : named(asked.search));
  const [sums] = await database
    .select({ total: count(), bytes: sql<string>`coalesce(sum(${recording.bytes}), 0)` })
    .from(recording)
    .innerJoin(session, eq(session.id, recording.sessionId))
    .leftJoin(ticket, eq(ticket.id, session.ticketId))
    .where(matches);
  const rows = await database
    .select({ recording })
    .from(recording)
    .innerJoin(session, eq(session.id, recording.sessionId))
    .leftJoin(ticket, eq(ticket.id, session.ticketId))
    .where(matches)
    .orderBy(desc(recording.startedAt), desc(recording.id))
    .limit(limits.pageSize)
    .offset((asked.page - 1) * limits.pageSize);
  const recordings = await present(
    database,
    rows.map((row) => row.recording),
    true,
  );
  return { recordings, total: sums?.total ?? 0, bytes: Number(sums?.bytes ?? 0) };
}

/** By the session's subject, the ticket's number, or somebody who was in. */
function named(search: string): SQL | undefined {
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const number = /^#?(\d{1,9})$/.exec(search)?.[1];
  const isWith = sql`exists (select 1 from ${participant} where ${participant.sessionId} = ${session.id}
    and ${participant.state} <> 'outside' and ${participant.name} ilike ${like})`;
  return or(ilike(session.subject, like), isWith, number === undefined ? undefined : eq(ticket.number, Number(number)));
}
