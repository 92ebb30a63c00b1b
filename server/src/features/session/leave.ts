import { accepted, type Outcome } from '#contract/errors.ts';
import type { Person } from '#contract/person.ts';
import type { LeaveReason } from '#contract/session/events.ts';
import { stepsByPresence } from '#core/session/lifecycle.ts';
import type { Change } from '../../database/transact.ts';
import { seeOut, takeStep } from './step.ts';
import { findParticipants, type ParticipantRow, type SessionRow } from './store.ts';

/** A participant of a locked session is out: by the red button, or because the grace is over. The last one out ends a live session. */
export async function leaveSession(
  change: Change,
  row: SessionRow,
  own: ParticipantRow,
  reason: LeaveReason,
): Promise<Outcome<SessionRow>> {
  if (own.state !== 'in') return accepted(row);
  await seeOut(change, row, own, reason);
  const people = await findParticipants(change.sql, [row.id]);
  const present = people.filter((person) => person.state === 'in').map((person) => person.as);
  const author: Person = { kind: 'system' };
  let now = row;
  for (const step of stepsByPresence(row.status, present)) {
    const stepped = await takeStep(change, now, step, { author });
    if (!stepped.ok) return stepped;
    now = stepped.value;
  }
  return accepted(now);
}
