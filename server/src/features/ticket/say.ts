import { accepted, type Outcome } from '#contract/errors.ts';
import { type CodeId, type RequestId, StreamId, type TicketId } from '#contract/ids.ts';
import type { TicketEvent } from '#contract/ticket/http.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { appendToTicket } from '../../stream/append.ts';
import { keepRead } from './store.ts';
import { putOnTop } from './tell.ts';

/** Writes a message into a ticket's Messenger. Who writes has read what came before. */
export async function say(
  change: Change,
  actor: KnownActor,
  to: { readonly id: TicketId; readonly codeId: CodeId | null },
  message: { readonly requestId: RequestId; readonly text: string },
): Promise<Outcome<TicketEvent>> {
  const event = await appendToTicket(change, StreamId.parse(to.id), ['staff', 'public'], {
    author: personOf(actor),
    body: { kind: 'message-said', text: message.text },
    requestId: message.requestId,
  });
  await keepRead(change.sql, actor, to.id, event.seq);
  await putOnTop(change, to);
  return accepted(event);
}
