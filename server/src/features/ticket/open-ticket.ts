import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { StreamId, TicketId } from '#contract/ids.ts';
import type { openTicket as route, Ticket } from '#contract/ticket/http.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { appendToTicket, createStream } from '../../stream/append.ts';
import { code } from '../access/index.ts';
import { findTicket, keepRead } from './store.ts';
import { ticket } from './tables.ts';
import { tellTicketChanged } from './tell.ts';

/** Opens a ticket, with its first message if there is one. */
export async function openTicket(
  change: Change,
  actor: KnownActor,
  asked: z.output<(typeof route)['body']>,
): Promise<Outcome<Ticket>> {
  const codeId = asked.code ?? null;
  const [itsCode] = codeId === null ? [] : await change.sql.select().from(code).where(eq(code.id, codeId));
  if (codeId !== null && itsCode === undefined) return refused('not-found');
  const id = TicketId.parse(randomUUID());
  const streamId = StreamId.parse(id);
  await createStream(change, streamId, 'ticket');
  await change.sql.insert(ticket).values({
    id,
    subject: asked.subject,
    codeId,
    openedBy: actor.name,
    createdAt: change.now,
    updatedAt: change.now,
  });
  const author = personOf(actor);
  const named = codeId === null || itsCode === undefined ? null : { id: codeId, name: itsCode.name };
  await appendToTicket(change, streamId, ['staff', 'public'], {
    author,
    body: { kind: 'ticket-opened', subject: asked.subject, code: named },
  });
  if (asked.text !== undefined) {
    const body = { kind: 'message-said', text: asked.text } as const;
    await appendToTicket(change, streamId, ['staff', 'public'], { author, body, requestId: asked.requestId });
  }
  tellTicketChanged(change, id, codeId);
  const opened = await findTicket(change.sql, actor, id);
  if (opened === null) throw new Error('a ticket vanished in the transaction that made it');
  await keepRead(change.sql, actor, id, opened.lastSeq);
  return accepted({ ...opened, readUpTo: opened.lastSeq });
}
