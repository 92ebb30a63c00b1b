import { eq } from 'drizzle-orm';
import type { CodeId, TicketId } from '#contract/ids.ts';
import type { Change } from '../../database/transact.ts';
import { codeUsersOf, desks } from '../../realtime/rooms.ts';
import { ticket } from './tables.ts';

/** Lists that show this ticket are out of date: at the desks, and at the users of its code. */
export function tellTicketChanged(change: Change, ticketId: TicketId, ...codeIds: readonly (CodeId | null)[]): void {
  const codes = codeIds.filter((codeId) => codeId !== null).map(codeUsersOf);
  change.tell({ to: [desks, ...codes], name: 'ticket-changed', what: { ticketId } });
}

/** Something was added to the ticket: it is the latest in every list that shows it. */
export async function putOnTop(
  change: Change,
  { id, codeId }: { readonly id: TicketId; readonly codeId: CodeId | null },
): Promise<void> {
  await change.sql.update(ticket).set({ updatedAt: change.now }).where(eq(ticket.id, id));
  tellTicketChanged(change, id, codeId);
}
