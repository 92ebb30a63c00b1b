import { eq } from 'drizzle-orm';
import type * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { CodeId, MemberId, StreamId, type TicketId } from '#contract/ids.ts';
import type { TicketEventBody } from '#contract/ticket/events.ts';
import type { updateTicket as route, Ticket } from '#contract/ticket/http.ts';
import type { MemberActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { deviceRoom } from '../../realtime/rooms.ts';
import { appendToTicket } from '../../stream/append.ts';
import { code, devicesOfCode, member } from '../access/index.ts';
import { findTicket, findTicketFacts } from './store.ts';
import { ticket } from './tables.ts';
import { tellTicketChanged } from './tell.ts';

type Wish = z.output<(typeof route)['body']>;
type Facts = NonNullable<Awaited<ReturnType<typeof findTicketFacts>>>;

/** Changes what an employee may change; each real change is one event. */
export async function updateTicket(
  change: Change,
  actor: MemberActor,
  id: TicketId,
  wish: Wish,
): Promise<Outcome<Ticket>> {
  const before = await findTicketFacts(change.sql, id, true);
  if (before === null) return refused('not-found');
  const bodies = await eventsOf(change, before, wish);
  if (!bodies.ok) return bodies;
  await change.sql
    .update(ticket)
    .set({
      subject: wish.subject ?? before.subject,
      status: wish.status ?? before.status,
      assigneeId: wish.assignee === undefined ? before.assigneeId : wish.assignee,
      codeId: wish.code === undefined ? before.codeId : wish.code,
      ...(bodies.value.length > 0 ? { updatedAt: change.now } : {}),
    })
    .where(eq(ticket.id, id));
  // Its users up to now learn nothing of it any more, least of all whose it is now. Their pages connect again.
  if (wish.code !== undefined && wish.code !== before.codeId && before.codeId !== null) {
    for (const deviceId of await devicesOfCode(change.sql, before.codeId)) change.shutOut(deviceRoom(deviceId));
  }
  for (const body of bodies.value) {
    await appendToTicket(change, StreamId.parse(id), ['staff', 'public'], { author: personOf(actor), body });
  }
  if (bodies.value.length > 0) tellTicketChanged(change, id, before.codeId, wish.code ?? null);
  const after = await findTicket(change.sql, actor, id);
  return after === null ? refused('not-found') : accepted(after);
}

/** What really changes, as events; a wish that names nobody or nothing is refused with its field. */
async function eventsOf(change: Change, before: Facts, wish: Wish): Promise<Outcome<TicketEventBody[]>> {
  const bodies: TicketEventBody[] = [];
  if (wish.subject !== undefined && wish.subject !== before.subject) {
    bodies.push({ kind: 'subject-changed', to: wish.subject });
  }
  if (wish.status !== undefined && wish.status !== before.status) {
    bodies.push({ kind: 'status-changed', from: before.status, to: wish.status });
  }
  if (wish.assignee !== undefined && wish.assignee !== before.assigneeId) {
    const to = wish.assignee === null ? null : await namedMember(change, wish.assignee);
    if (to === 'missing') return refused('malformed', 'assignee');
    bodies.push({ kind: 'assignee-changed', to });
  }
  if (wish.code !== undefined && wish.code !== before.codeId) {
    const to = wish.code === null ? null : await namedCode(change, wish.code);
    if (to === 'missing') return refused('malformed', 'code');
    bodies.push({ kind: 'code-changed', to });
  }
  return accepted(bodies);
}

async function namedMember(change: Change, id: MemberId) {
  const [row] = await change.sql.select().from(member).where(eq(member.id, id));
  return row?.active ? { id: MemberId.parse(row.id), name: row.name } : 'missing';
}

async function namedCode(change: Change, id: CodeId) {
  const [row] = await change.sql.select().from(code).where(eq(code.id, id));
  return row === undefined ? 'missing' : { id: CodeId.parse(row.id), name: row.name };
}
