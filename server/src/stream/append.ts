import { eq, sql } from 'drizzle-orm';
import { type RequestId, SessionId, type StreamId, TicketId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { StreamEvent } from '#contract/socket.ts';
import type { TicketEvent } from '#contract/ticket/http.ts';
import type { Change } from '../database/transact.ts';
import type { Audience } from '../realtime/rooms.ts';
import { roomOf } from '../realtime/rooms.ts';
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

/**
 * Appends one event and tells it, after the commit, to the audiences named. The stream's row is locked until then,
 * so numbers have no gaps and are committed in order.
 */
async function append<Event extends StreamEvent>(
  change: Change,
  streamId: StreamId,
  audiences: readonly Audience[],
  fact: Fact<Event['body']>,
): Promise<Event> {
  const [row] = await change.sql
    .update(stream)
    .set({ lastSeq: sql`${stream.lastSeq} + 1` })
    .where(eq(stream.id, streamId))
    .returning({ seq: stream.lastSeq });
  if (row === undefined) throw new Error(`stream ${streamId} does not exist`);
  const kept = { seq: row.seq, author: fact.author, requestId: fact.requestId ?? null, body: fact.body };
  await change.sql.insert(event).values({ ...kept, streamId, at: change.now });
  const told = { ...kept, at: change.now.toISOString() } as Event;
  change.tell({
    to: audiences.map((audience) => roomOf(streamId, audience)),
    name: 'event',
    what: { streamId, event: told },
  });
  return told;
}

/** Forgets everything that was in a stream; what is added next is its number 1. */
export async function clearStream(change: Change, streamId: StreamId): Promise<void> {
  await change.sql.update(stream).set({ lastSeq: 0 }).where(eq(stream.id, streamId));
  await change.sql.delete(event).where(eq(event.streamId, streamId));
}

/** Appends to a ticket's Messenger; then, in the same change, come those who listen to it. */
export async function appendToTicket(
  change: Change,
  streamId: StreamId,
  audiences: readonly Audience[],
  fact: Fact<TicketEvent['body']>,
): Promise<TicketEvent> {
  const event = await append<TicketEvent>(change, streamId, audiences, fact);
  for (const listener of change.ticketListeners) await listener(change, TicketId.parse(streamId), event);
  return event;
}

/** Appends to a session's log; then, in the same change, come those who listen to it. */
export async function appendToSession(
  change: Change,
  streamId: StreamId,
  audiences: readonly Audience[],
  fact: Fact<SessionEvent['body']>,
): Promise<SessionEvent> {
  const event = await append<SessionEvent>(change, streamId, audiences, fact);
  for (const listener of change.sessionListeners) await listener(change, SessionId.parse(streamId), event);
  return event;
}
