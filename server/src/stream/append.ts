import { eq, sql } from 'drizzle-orm';
import { type RequestId, SessionId, StreamId, TicketId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { StreamEvent } from '#contract/socket.ts';
import type { TicketEvent } from '#contract/ticket/http.ts';
import type { Change } from '../database/transact.ts';
import { type Audience, type Room, roomOf } from '../realtime/rooms.ts';
import { event, stream } from './tables.ts';

/** Makes an empty stream; its ticket or session row refers to it. */
export async function createStream(change: Change, id: StreamId, kind: 'ticket' | 'session'): Promise<void> {
  await change.sql.insert(stream).values({ id, kind });
}

interface Fact<Body> {
  readonly author: Person;
  readonly body: Body;
  readonly requestId?: RequestId | undefined;
}

/** Who hears of an event at once, and whether code users may read it later. */
interface Hearers {
  readonly rooms: readonly Room[];
  readonly forStaff: boolean;
}

/**
 * Appends one event and tells it, after the commit, to the rooms named. The stream's row is locked until then,
 * so numbers have no gaps and are committed in order.
 */
async function append<Event extends StreamEvent>(
  change: Change,
  streamId: StreamId,
  { rooms, forStaff }: Hearers,
  fact: Fact<Event['body']>,
): Promise<Event> {
  const [row] = await change.sql
    .update(stream)
    .set({ lastSeq: sql`${stream.lastSeq} + 1` })
    .where(eq(stream.id, streamId))
    .returning({ seq: stream.lastSeq });
  if (row === undefined) throw new Error(`stream ${streamId} does not exist`);
  const kept = { seq: row.seq, author: fact.author, requestId: fact.requestId ?? null, body: fact.body };
  await change.sql.insert(event).values({ ...kept, streamId, forStaff, at: change.now });
  const told = { ...kept, at: change.now.toISOString() } as Event;
  change.tell({ to: rooms, name: 'event', what: { streamId, event: told } });
  return told;
}

/**
 * Hides what tickets say about a session from their code users, or shows it again. Answers in which tickets something is
 * said about it.
 */
export async function setForStaff(change: Change, sessionId: SessionId, forStaff: boolean): Promise<StreamId[]> {
  const about = sql`${event.body} ? 'sessionId' and ${event.body} ->> 'sessionId' = ${sessionId}`;
  const rows = await change.sql.update(event).set({ forStaff }).where(about).returning({ streamId: event.streamId });
  return [...new Set(rows.map((row) => StreamId.parse(row.streamId)))];
}

/** Forgets everything that was in a stream; what is added next is its number 1. */
export async function clearStream(change: Change, streamId: StreamId): Promise<void> {
  await change.sql.update(stream).set({ lastSeq: 0 }).where(eq(stream.id, streamId));
  await change.sql.delete(event).where(eq(event.streamId, streamId));
}

/**
 * Appends to a ticket's Messenger; then, in the same change, come those who listen to it. What is not for the public is kept
 * from its code users.
 */
export async function appendToTicket(
  change: Change,
  streamId: StreamId,
  audiences: readonly Audience[],
  fact: Fact<TicketEvent['body']>,
): Promise<TicketEvent> {
  const rooms = audiences.map((audience) => roomOf(streamId, audience));
  const event = await append<TicketEvent>(change, streamId, { rooms, forStaff: !audiences.includes('public') }, fact);
  for (const listener of change.ticketListeners) await listener(change, TicketId.parse(streamId), event);
  return event;
}

/** Appends to a session's log; then, in the same change, come those who listen to it. */
export async function appendToSession(
  change: Change,
  streamId: StreamId,
  hearers: Hearers,
  fact: Fact<SessionEvent['body']>,
): Promise<SessionEvent> {
  const event = await append<SessionEvent>(change, streamId, hearers, fact);
  for (const listener of change.sessionListeners) await listener(change, SessionId.parse(streamId), event);
  return event;
}
