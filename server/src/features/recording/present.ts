import * as z from 'zod/mini';
import type { Policies } from '#contract/access/policies.ts';
import { Person } from '#contract/person.ts';
import type { ConsentEntry, Recording } from '#contract/recording/http.ts';
import type { ParticipantRow, SessionRow } from '../session/index.ts';
import type { RecordingRow } from './store.ts';

const DAY_MS = 24 * 3_600_000;

const Stretches = z.array(z.object({ fromMs: z.number(), at: z.number(), lengthMs: z.number() }));

/**
 * When a recording is to be erased, counted from its session's end: no later than those who agreed were told, and sooner when
 * the organization has since shortened the time. Null: not yet, or never.
 */
export function keptUntil(
  row: Pick<RecordingRow, 'keptDays'>,
  session: Pick<SessionRow, 'endedAt'>,
  { retentionDays }: Policies,
): Date | null {
  const days = [row.keptDays, retentionDays.recordings, retentionDays.sessions].filter((one) => one !== null);
  if (days.length === 0 || session.endedAt === null) return null;
  return new Date(session.endedAt.getTime() + Math.min(...days) * DAY_MS);
}

/** A recording as lists and the player show it. */
export function presentRecording(
  row: RecordingRow,
  session: SessionRow,
  seen: {
    readonly people: readonly ParticipantRow[];
    readonly ledger: readonly ConsentEntry[];
    readonly policies: Policies;
  },
): Recording {
  const until = row.state === 'ready' ? keptUntil(row, session, seen.policies) : null;
  return {
    id: row.id,
    sessionId: session.id,
    session: {
      subject: session.subject,
      ticketId: session.ticket?.id ?? null,
      ticketNumber: session.ticket?.number ?? null,
    },
    state: row.state,
    startedBy: Person.parse(row.startedBy),
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endedEarly: row.endedEarly,
    durationMs: row.durationMs,
    bytes: row.bytes,
    type: row.type,
    stretches: Stretches.parse(row.stretches).map(({ fromMs, at, lengthMs }) => ({
      fromMs: Math.round(fromMs),
      at: new Date(at).toISOString(),
      lengthMs: Math.round(lengthMs),
    })),
    people: seen.people
      .filter(({ sessionId, state }) => sessionId === session.id && state !== 'outside')
      .map(({ name }) => name),
    keptUntil: until?.toISOString() ?? null,
    erasedAt: row.erasedAt?.toISOString() ?? null,
    ledger: [...seen.ledger],
  };
}
