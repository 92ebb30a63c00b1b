import type { CodeId, TicketId } from '#contract/ids.ts';
import type { Change } from '../../database/transact.ts';
import { codeUsersOf, desks } from '../../realtime/rooms.ts';

/** Lists that show this ticket are out of date: at the desks, and at the users of its code. */
export function tellTicketChanged(change: Change, ticketId: TicketId, ...codeIds: readonly (CodeId | null)[]): void {
  const codes = codeIds.filter((codeId) => codeId !== null).map(codeUsersOf);
  change.tell({ to: [desks, ...codes], name: 'ticket-changed', what: { ticketId } });
}
