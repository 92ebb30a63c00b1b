import { and, asc, count, desc, eq, ilike, inArray, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as z from 'zod/mini';
import { CodeId, type MemberId, MemberId as MemberIdSchema, TicketId } from '#contract/ids.ts';
import { Instant } from '#contract/text.ts';
import type { TicketStatus } from '#contract/ticket/events.ts';
import type { Ticket } from '#contract/ticket/http.ts';
import { actorKey, isStaff, type KnownActor } from '#core/access/actor.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { lastPublicSeq } from '../../stream/read.ts';
import { event, stream } from '../../stream/tables.ts';
import { code, member } from '../access/index.ts';
import { ticket, ticketRead } from './tables.ts';

/** What a list is narrowed to. `codeIds` null: all codes (staff). */
export interface TicketFilter {
  readonly codeIds: readonly CodeId[] | null;
  readonly search?: string | undefined;
  readonly status?: TicketStatus | undefined;
  readonly assignee?: MemberId | 'none' | undefined;
}

const LastMessage = z.nullable(z.object({ text: z.string(), by: z.nullable(z.string()), at: Instant }));
const assignee = alias(member, 'assignee');

const said = sql`${event.streamId} = ${ticket.id} and ${event.body} ->> 'kind' = 'message-said'`;
const lastMessage = sql<unknown>`(
  select jsonb_build_object('text', left(${event.body} ->> 'text', 200), 'by', ${event.author} ->> 'name',
    'at', to_char(${event.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from ${event} where ${said} order by ${event.seq} desc limit 1)`;

const readUpTo = (reader: string) =>
  sql<number>`coalesce((
  select ${ticketRead.upTo} from ${ticketRead}
  where ${ticketRead.ticketId} = ${ticket.id} and ${ticketRead.reader} = ${reader}), 0)`.mapWith(Number);

/** Messages of others after what this reader has read. */
const unread = (actor: KnownActor) => {
  const id = actor.kind === 'member' ? actor.id : actor.deviceId;
  return sql<number>`(select count(*) from ${event} where ${said}
    and ${event.seq} > ${readUpTo(actorKey(actor))} and ${event.author} ->> 'id' is distinct from ${id})`.mapWith(
    Number,
  );
};

/**
 * The last event that this actor may know of: its number, and when it was. The ticket's own columns count what is hidden from
 * code users too.
 */
const latestFor = (actor: KnownActor): { readonly seq: SQL<number>; readonly at: SQL<Date> } => {
  if (isStaff(actor))
    return { seq: sql<number>`${stream.lastSeq}`, at: sql`${ticket.updatedAt}`.mapWith(ticket.updatedAt) };
  const last = sql`select ${event.at} from ${event}
    where ${event.streamId} = ${ticket.id} and not ${event.forStaff} order by ${event.seq} desc limit 1`;
  return { seq: lastPublicSeq(ticket.id), at: sql`coalesce((${last}), ${ticket.createdAt})`.mapWith(ticket.updatedAt) };
};

/** Tickets as this actor sees them, presented; the caller has narrowed `where` to what the actor may see. */
async function select(
  database: Database | Transaction,
  actor: KnownActor,
  where: SQL | undefined,
  page: { limit: number; offset: number },
): Promise<Ticket[]> {
  const latest = latestFor(actor);
  const rows = await database
    .select({
      ticket,
      codeName: code.name,
      assigneeName: assignee.name,
      lastSeq: latest.seq,
      updatedAt: latest.at,
      lastMessage,
      readUpTo: readUpTo(actorKey(actor)),
      unread: unread(actor),
    })
    .from(ticket)
    .innerJoin(stream, eq(stream.id, ticket.id))
    .leftJoin(code, eq(code.id, ticket.codeId))
    .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
    .where(where)
    .orderBy(desc(latest.at), asc(ticket.number))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map((row) => {
    const last = LastMessage.parse(row.lastMessage);
    return {
      id: TicketId.parse(row.ticket.id),
      number: row.ticket.number,
      subject: row.ticket.subject,
      status: row.ticket.status,
      code: row.ticket.codeId === null ? null : { id: CodeId.parse(row.ticket.codeId), name: row.codeName ?? '' },
      assignee:
        row.ticket.assigneeId === null
          ? null
          : { id: MemberIdSchema.parse(row.ticket.assigneeId), name: row.assigneeName ?? '' },
      lastMessage: last === null ? null : { ...last, by: last.by ?? '' },
      unread: row.unread,
      updatedAt: row.updatedAt.toISOString(),
      openedBy: row.ticket.openedBy,
      createdAt: row.ticket.createdAt.toISOString(),
      lastSeq: row.lastSeq,
      // What has been read may be hidden since.
      readUpTo: Math.min(row.readUpTo, row.lastSeq),
    };
  });
}

/** One ticket, presented for this actor; null when there is none. */
export async function findTicket(database: Database | Transaction, actor: KnownActor, id: TicketId) {
  const [found] = await select(database, actor, eq(ticket.id, id), { limit: 1, offset: 0 });
  return found ?? null;
}

/** One page of a list, newest change first, and how many there are in all. */
export async function findTickets(
  database: Database,
  actor: KnownActor,
  filter: TicketFilter,
  page: { limit: number; offset: number },
) {
  const where = and(
    filter.codeIds === null ? undefined : inArray(ticket.codeId, [...filter.codeIds]),
    filter.status === undefined ? undefined : eq(ticket.status, filter.status),
    filter.assignee === undefined
      ? undefined
      : filter.assignee === 'none'
        ? isNull(ticket.assigneeId)
        : eq(ticket.assigneeId, filter.assignee),
    filter.search === undefined ? undefined : matches(filter.search),
  );
  const tickets = await select(database, actor, where, page);
  const [total] = await database
    .select({ total: count() })
    .from(ticket)
    .leftJoin(code, eq(code.id, ticket.codeId))
    .where(where);
  return { tickets, total: total?.total ?? 0 };
}

/** Words of the subject, the code's name, or the number as people write it (12, #12). */
function matches(search: string): SQL | undefined {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const number = /^#?(\d{1,9})$/.exec(search)?.[1];
  return or(
    ilike(ticket.subject, pattern),
    ilike(code.name, pattern),
    number === undefined ? undefined : eq(ticket.number, Number(number)),
  );
}

/** Only what a policy needs to know of a ticket. With `lock`, the row is held until the transaction ends. */
export async function findTicketFacts(database: Database | Transaction, id: TicketId, lock = false) {
  const query = database
    .select({
      id: ticket.id,
      number: ticket.number,
      codeId: ticket.codeId,
      subject: ticket.subject,
      status: ticket.status,
      assigneeId: ticket.assigneeId,
    })
    .from(ticket)
    .where(eq(ticket.id, id));
  const [row] = lock ? await query.for('update') : await query;
  if (row === undefined) return null;
  return {
    ...row,
    id,
    codeId: row.codeId === null ? null : CodeId.parse(row.codeId),
    assigneeId: row.assigneeId === null ? null : MemberIdSchema.parse(row.assigneeId),
  };
}

/** Moves a reader's mark forward, never back. */
export async function keepRead(
  database: Database | Transaction,
  actor: KnownActor,
  ticketId: TicketId,
  upTo: number,
): Promise<void> {
  await database
    .insert(ticketRead)
    .values({ ticketId, reader: actorKey(actor), upTo })
    .onConflictDoUpdate({
      target: [ticketRead.ticketId, ticketRead.reader],
      set: { upTo: sql`greatest(${ticketRead.upTo}, excluded.up_to)` },
    });
}

/** The ticket is neither resolved nor closed. */
export const isUnsolved = notInArray(ticket.status, ['resolved', 'closed']);

/** How many tickets of each code are neither resolved nor closed; codes without any are left out. */
export async function countOpenTickets(
  database: Database,
  codeIds: readonly CodeId[],
): Promise<ReadonlyMap<CodeId, number>> {
  if (codeIds.length === 0) return new Map();
  const rows = await database
    .select({ codeId: ticket.codeId, open: count() })
    .from(ticket)
    .where(and(inArray(ticket.codeId, [...codeIds]), isUnsolved))
    .groupBy(ticket.codeId);
  return new Map(rows.map((row) => [CodeId.parse(row.codeId), row.open]));
}
