import type { Change } from '../../database/transact.ts';
import { desks } from '../../realtime/rooms.ts';

const told = new WeakSet<Change>();

/** The desks' inbox is out of date; said once in each change. */
export function tellInbox(change: Change): void {
  if (told.has(change)) return;
  told.add(change);
  change.tell({ to: [desks], name: 'inbox-changed', what: {} });
}
