import { and, eq } from 'drizzle-orm';
import { accepted, type Outcome } from '#contract/errors.ts';
import { StreamId } from '#contract/ids.ts';
import { Person } from '#contract/person.ts';
import type { LeaveReason, SessionEventBody } from '#contract/session/events.ts';
import { isForStaffOnly } from '#core/session/audience.ts';
import { decideStep, isOver, type SessionStep } from '#core/session/lifecycle.ts';
import type { Change } from '../../database/transact.ts';
import { codeUsersOf, desks, participantRoom, roomOf, staffOf } from '../../realtime/rooms.ts';
import { appendToSession } from '../../stream/append.ts';
import { audiencesOf, hearersOf } from './policy.ts';
import { findParticipants, type ParticipantRow, type SessionRow } from './store.ts';
import { participant, session } from './tables.ts';

/** Appends to the session's log and tells whoever may know of it. */
export const logInSession = (
  change: Change,
  row: SessionRow,
  author: Person,
  body: SessionEventBody,
  requestId?: Parameters<typeof appendToSession>[3]['requestId'],
) => {
  const streamId = StreamId.parse(row.id);
  const forStaff = isForStaffOnly(body);
  const rooms = forStaff ? [staffOf(streamId)] : hearersOf(row);
  return appendToSession(change, streamId, { rooms, forStaff }, { author, body, requestId });
};

/** Takes one step of the lifecycle on a locked row: keeps it, logs it with who and why, and when it is over sees everybody out. */
export async function takeStep(
  change: Change,
  row: SessionRow,
  step: SessionStep,
  by: { readonly author: Person; readonly reason?: string | undefined; readonly scheduledFor?: Date },
): Promise<Outcome<SessionRow>> {
  const decided = decideStep(row.status, step);
  if (!decided.ok) return decided;
  const after: SessionRow = {
    ...row,
    status: decided.value,
    liveSince: decided.value === 'live' ? change.now : row.liveSince,
    endedAt: isOver(decided.value) && row.endedAt === null ? change.now : row.endedAt,
    scheduledFor: by.scheduledFor ?? row.scheduledFor,
  };
  const { status, liveSince, endedAt, scheduledFor } = after;
  await change.sql.update(session).set({ status, liveSince, endedAt, scheduledFor }).where(eq(session.id, row.id));
  if (isOver(status)) await seeEverybodyOut(change, after);
  await logInSession(change, after, by.author, {
    kind: 'status-changed',
    from: row.status,
    to: status,
    reason: by.reason ?? null,
  });
  tellSessionChanged(change, after);
  return accepted(after);
}

async function seeEverybodyOut(change: Change, row: SessionRow): Promise<void> {
  const people = await findParticipants(change.sql, [row.id]);
  for (const person of people.filter((one) => one.state === 'in')) await seeOut(change, row, person, 'session-ended');
}

/** One participant is out, with why. Whether that ends the session is decided elsewhere. */
export async function seeOut(
  change: Change,
  row: SessionRow,
  person: ParticipantRow,
  reason: LeaveReason,
): Promise<void> {
  await change.sql
    .update(participant)
    .set({ state: 'left', tabId: null, awaySince: null, leftAt: change.now })
    .where(and(eq(participant.id, person.id), eq(participant.state, 'in')));
  const author: Person = reason === 'left' ? authorOf(person) : { kind: 'system' };
  await logInSession(change, row, author, {
    kind: 'participant-left',
    participantId: person.id,
    name: person.name,
    reason,
  });
  tellSessionChanged(change, row);
  if (row.visibility === 'internal' && person.deviceId !== null) {
    // It went on for them while they were in. Their page asks anew, and there is nothing for it any more.
    const streamId = StreamId.parse(row.id);
    change.tell({ to: [participantRoom(person.id)], name: 'stream-changed', what: { streamId } });
  }
}

/** The participant as the author of what they did. */
export const authorOf = ({ memberId, deviceId, name }: ParticipantRow): Person =>
  Person.parse(memberId === null ? { kind: 'codeUser', id: deviceId, name } : { kind: 'member', id: memberId, name });

/** Cards and lists that show this session are out of date: at the desks, in its ticket, and at its code users if public. */
export function tellSessionChanged(change: Change, row: SessionRow, audiences = audiencesOf(row)): void {
  const ticketStream = row.ticket === null ? null : StreamId.parse(row.ticket.id);
  const inTicket = ticketStream === null ? [] : audiences.map((audience) => roomOf(ticketStream, audience));
  const followers = [...hearersOf(row), ...inTicket];
  const lists = audiences.includes('public') && row.codeId !== null ? [desks, codeUsersOf(row.codeId)] : [desks];
  change.tell({
    to: [...followers, ...lists],
    name: 'session-changed',
    what: { sessionId: row.id, ticketId: row.ticket?.id ?? null, status: row.status },
  });
}
