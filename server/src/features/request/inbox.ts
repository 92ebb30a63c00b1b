import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { CodeId, SessionId, TicketId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import type { InboxItem } from '#contract/request/http.ts';
import { requestLimits } from '#contract/request/limits.ts';
import { TicketStatus } from '#contract/ticket/events.ts';
import type { Database } from '../../database/pool.ts';
import { event } from '../../stream/tables.ts';
import { code } from '../access/index.ts';
import { findSessions, session } from '../session/index.ts';
import { isUnsolved, ticket } from '../ticket/index.ts';
import { presentRequest } from './present.ts';
import { findRequests } from './store.ts';
import { sessionRequest } from './tables.ts';

const SHOWN_TEXT = 200;
const instant = z.coerce.date();
const Waiting = z.object({ kind: z.enum(['request', 'call', 'message']), id: z.uuid(), since: instant });
const bodyKind = sql`${event.body} ->> 'kind'`;

/** After what an employee said last in a ticket, or the session they made in it. */
const afterAnswer = sql`${event.seq} > coalesce((
  select answer.seq from ${event} as answer
  where answer.stream_id = ${ticket.id} and answer.author ->> 'kind' = 'member'
    and answer.body ->> 'kind' in ('message-said', 'session-created')
  order by answer.seq desc limit 1), 0)`;

/** What a customer said first after that, if anything. */
const firstSaid = sql`
  select ${event.at} as since, ${event.author} ->> 'name' as by, ${event.seq} as seq
  from ${event}
  where ${event.streamId} = ${ticket.id} and ${bodyKind} in ('message-said', 'ticket-opened')
    and ${event.author} ->> 'kind' = 'codeUser' and ${afterAnswer}
  order by ${event.seq} limit 1`;

/** Who opens a ticket and says something in the same breath has said the latter. */
const firstText = sql`
  select left(${event.body} ->> 'text', ${SHOWN_TEXT}) from ${event}
  where ${event.streamId} = ${ticket.id} and ${event.seq} >= said.seq and ${bodyKind} = 'message-said'
    and ${event.author} ->> 'kind' = 'codeUser'
  order by ${event.seq} limit 1`;

/** All that waits for an employee: core/request/decide.ts says when a request does. */
const waiting = sql`
  select 'request' as kind, ${session.id} as id,
    coalesce((${sessionRequest.proposal} ->> 'at')::timestamptz, ${session.createdAt}) as since
  from ${sessionRequest} inner join ${session} on ${session.id} = ${sessionRequest.sessionId}
  where (${session.status} = 'requested' and ${sessionRequest.proposal} is null)
    or (${session.status} in ('requested', 'scheduled') and ${sessionRequest.proposal} ->> 'by' = 'codeUser')
  union all
  select 'call', ${session.id}, ${session.createdAt} from ${session}
  where ${session.origin} = 'direct call' and ${session.status} = 'requested'
  union all
  select 'message', ${ticket.id}, said.since from ${ticket} cross join lateral (${firstSaid}) as said
  where ${isUnsolved}`;

/** One page of what waits, longest first, and how much there is in all. */
export async function readInbox(
  database: Database,
  page: number,
): Promise<{ items: InboxItem[]; total: number; page: number; pageSize: number }> {
  const pageSize = limits.pageSize;
  const { rows } = await database.execute(sql`
    with waiting as (${waiting}), counted as (select count(*)::int as total from waiting)
    select page.*, total from counted
    left join (select * from waiting order by since, id limit ${pageSize} offset ${(page - 1) * pageSize}) as page on true
    order by since, id`);
  const order = z.array(Waiting).parse(rows.filter(({ id }) => id !== null));
  const items = [...(await itemsOfSessions(database, order)), ...(await itemsOfTickets(database, order))];
  const histories = await historiesOf(
    database,
    items.flatMap(({ code }) => (code === null ? [] : [code.id])),
  );
  const inOrder = order.flatMap(({ id }) => items.filter((item) => idOf(item) === id));
  return {
    items: inOrder.map((item) => ({ ...item, history: historyOf(item, histories) })),
    total: z.object({ total: z.int() }).parse(rows[0]).total,
    page,
    pageSize,
  };
}

type Waits = readonly z.infer<typeof Waiting>[];
const idOf = (item: InboxItem): string => (item.kind === 'message' ? item.ticket.id : item.request.sessionId);

async function itemsOfSessions(database: Database, order: Waits): Promise<InboxItem[]> {
  const idsOf = (kind: string) => order.filter((one) => one.kind === kind).map(({ id }) => SessionId.parse(id));
  const since = (id: string) => (order.find((one) => one.id === id)?.since ?? new Date(0)).toISOString();
  const asked = (await findRequests(database, idsOf('request'))).map(
    ({ row, request }) => ({ kind: 'request', request: presentRequest(row, request) }) as const,
  );
  const ringing = (await findSessions(database, idsOf('call'))).map(
    (row) => ({ kind: 'call', request: presentRequest(row, null) }) as const,
  );
  return [...asked, ...ringing].map((item) => ({
    ...item,
    waitingSince: since(item.request.sessionId),
    code: item.request.code,
    history: [],
  }));
}

const Unanswered = z.object({
  id: TicketId,
  number: z.int(),
  subject: z.string(),
  codeId: z.nullable(CodeId),
  codeName: z.nullable(z.string()),
  since: instant,
  by: z.string(),
  text: z.nullable(z.string()),
});

async function itemsOfTickets(database: Database, order: Waits): Promise<InboxItem[]> {
  const ids = order.filter(({ kind }) => kind === 'message').map(({ id }) => id);
  if (ids.length === 0) return [];
  const { rows } = await database.execute(sql`
    select ${ticket.id}, ${ticket.number}, ${ticket.subject}, ${ticket.codeId} as "codeId", ${code.name} as "codeName",
      said.since, said.by, (${firstText}) as text
    from ${ticket} left join ${code} on ${code.id} = ${ticket.codeId} cross join lateral (${firstSaid}) as said
    where ${ticket.id} in ${ids}`);
  return z
    .array(Unanswered)
    .parse(rows)
    .map(({ id, number, subject, codeId, codeName, since, by, text }) => ({
      kind: 'message',
      waitingSince: since.toISOString(),
      code: codeId === null ? null : { id: codeId, name: codeName ?? '' },
      history: [],
      ticket: { id, number, subject },
      by,
      // Who opened a ticket without a word has said its subject.
      text: text ?? subject,
    }));
}

const Past = z.object({
  codeId: CodeId,
  id: TicketId,
  number: z.int(),
  subject: z.string(),
  status: TicketStatus,
  updatedAt: instant,
});
type PastTickets = readonly z.infer<typeof Past>[];

/** The latest tickets of each of these codes, latest first. */
async function historiesOf(database: Database, codeIds: readonly CodeId[]): Promise<PastTickets> {
  if (codeIds.length === 0) return [];
  // One more than is shown: an item leaves its own ticket out.
  const { rows } = await database.execute(sql`
    select * from (
      select ${ticket.codeId} as "codeId", ${ticket.id}, ${ticket.number}, ${ticket.subject}, ${ticket.status},
        ${ticket.updatedAt} as "updatedAt",
        row_number() over (partition by ${ticket.codeId} order by ${ticket.updatedAt} desc, ${ticket.id}) as place
      from ${ticket} where ${ticket.codeId} in ${[...new Set(codeIds)]}) as latest
    where place <= ${requestLimits.history + 1} order by place`);
  return z.array(Past).parse(rows);
}

function historyOf(item: InboxItem, past: PastTickets): InboxItem['history'] {
  const own = item.kind === 'message' ? item.ticket.id : item.request.ticket?.id;
  return past
    .filter((one) => one.codeId === item.code?.id && one.id !== own)
    .slice(0, requestLimits.history)
    .map(({ codeId: _, updatedAt, ...one }) => ({ ...one, updatedAt: updatedAt.toISOString() }));
}
