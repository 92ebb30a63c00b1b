import { eq } from 'drizzle-orm';
import { StreamId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { Visibility } from '#contract/session/visibility.ts';
import type { Change } from '../../database/transact.ts';
import { publicOf } from '../../realtime/rooms.ts';
import { setForStaff } from '../../stream/append.ts';
import { logInSession, tellSessionChanged } from './step.ts';
import type { SessionRow } from './store.ts';
import { session } from './tables.ts';

/**
 * A4: hides a locked session from its code users, with all that tickets say about it, or shows it again. Whoever is in stays in.
 * Pages that show something of it are told to ask anew; those of an internal one are answered that there is nothing.
 */
export async function setVisibility(
  change: Change,
  row: SessionRow,
  author: Person,
  visibility: Visibility,
): Promise<void> {
  if (row.visibility === visibility) return;
  const after: SessionRow = { ...row, visibility };
  await change.sql.update(session).set({ visibility }).where(eq(session.id, row.id));
  await logInSession(change, after, author, { kind: 'visibility-changed', to: visibility });
  const inTickets = await setForStaff(change, row.id, visibility === 'internal');
  for (const streamId of [StreamId.parse(row.id), ...inTickets]) {
    change.tell({ to: [publicOf(streamId)], name: 'stream-changed', what: { streamId } });
  }
  // Also to those who may not find it any more, or could not before: their cards go, or come.
  tellSessionChanged(change, after, ['staff', 'public']);
  if (visibility === 'internal') change.empty(publicOf(StreamId.parse(row.id)));
}
