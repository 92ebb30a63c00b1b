import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import type { StreamId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import { SessionEvent } from '#contract/session/http.ts';
import type { StreamEvent } from '#contract/socket.ts';
import { TicketEvent } from '#contract/ticket/http.ts';
import type { Database, Transaction } from '../database/pool.ts';
import type { Audience } from '../realtime/rooms.ts';
import { event, stream } from './tables.ts';

export interface EventPage<Event extends StreamEvent> {
  readonly events: Event[];
  readonly upTo: number;
  readonly more: boolean;
}

const parsers = { ticket: z.array(TicketEvent), session: z.array(SessionEvent) } as const;

const isPublic = eq(event.forStaff, false);

/** The number of the last event in a stream that code users may read; 0 where there is none. */
export const lastPublicSeq = (streamId: PgColumn) =>
  sql<number>`coalesce((
    select max(${event.seq}) from ${event} where ${event.streamId} = ${streamId} and not ${event.forStaff}), 0)`.mapWith(
    Number,
  );

/**
 * The events of a stream after a number, oldest first, parsed; at most `limits.eventsPerAnswer` of them. What is kept from
 * an audience is left out with its number.
 */
async function readAfter<Event extends StreamEvent>(
  database: Database | Transaction,
  kind: 'ticket' | 'session',
  streamId: StreamId,
  after: number,
  as: Audience,
): Promise<EventPage<Event>> {
  const rows = await database
    .select({ seq: event.seq, at: event.at, author: event.author, requestId: event.requestId, body: event.body })
    .from(event)
    .where(and(eq(event.streamId, streamId), gt(event.seq, after), as === 'staff' ? undefined : isPublic))
    .orderBy(asc(event.seq))
    .limit(limits.eventsPerAnswer + 1);
  const more = rows.length > limits.eventsPerAnswer;
  const page = rows.slice(0, limits.eventsPerAnswer).map((row) => ({ ...row, at: row.at.toISOString() }));
  const events = parsers[kind].parse(page) as Event[];
  return { events, upTo: events.at(-1)?.seq ?? after, more };
}

export const readTicketEvents = (database: Database | Transaction, id: StreamId, after: number, as: Audience) =>
  readAfter<TicketEvent>(database, 'ticket', id, after, as);
export const readSessionEvents = (database: Database | Transaction, id: StreamId, after: number, as: Audience) =>
  readAfter<SessionEvent>(database, 'session', id, after, as);

/** All events of these kinds in a session's log, oldest first. */
export async function readSessionEventsOf(
  database: Database | Transaction,
  streamId: StreamId,
  kinds: readonly SessionEventBody['kind'][],
): Promise<SessionEvent[]> {
  const rows = await database
    .select({ seq: event.seq, at: event.at, author: event.author, requestId: event.requestId, body: event.body })
    .from(event)
    .where(and(eq(event.streamId, streamId), inArray(sql`${event.body} ->> 'kind'`, [...kinds])))
    .orderBy(asc(event.seq));
  return parsers.session.parse(rows.map((row) => ({ ...row, at: row.at.toISOString() })));
}

/** What kind of thing the stream belongs to; null when there is none. */
export async function findStreamKind(
  database: Database | Transaction,
  streamId: StreamId,
): Promise<'ticket' | 'session' | null> {
  const [row] = await database.select({ kind: stream.kind }).from(stream).where(eq(stream.id, streamId));
  return row?.kind ?? null;
}
