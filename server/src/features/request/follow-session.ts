import { eq, sql } from 'drizzle-orm';
import { isOver } from '#core/session/lifecycle.ts';
import type { Sessions } from '../session/index.ts';
import type { Tickets } from '../ticket/index.ts';
import { tellInbox } from './inbox-told.ts';
import { sessionRequest } from './tables.ts';

/** What a session's own steps mean for its request, and what of all that happens the inbox shows. */
export function followSessions(
  sessions: Pick<Sessions, 'onLogged' | 'onErase'>,
  tickets: Pick<Tickets, 'onLogged'>,
): void {
  sessions.onLogged(['status-changed'], async (change, row, { body }) => {
    if (row.origin !== 'request' && row.origin !== 'direct call') return;
    tellInbox(change);
    if (body.to === 'requested') return;
    const mine = eq(sessionRequest.sessionId, row.id);
    // Whatever was open is settled: by an answer, or because it is over.
    await change.sql
      .update(sessionRequest)
      .set({ proposal: null, expiresAt: null, reason: body.reason ?? '' })
      .where(mine);
    // Whoever has the agreed time in their calendar is to take it out.
    if (isOver(body.to) && row.scheduledFor !== null && row.liveSince === null)
      await change.sql
        .update(sessionRequest)
        .set({ sequence: sql`${sessionRequest.sequence} + 1` })
        .where(mine);
  });
  sessions.onLogged(['ticket-linked', 'ticket-unlinked'], async (change, row) => {
    if (row.status === 'requested' || row.status === 'scheduled') tellInbox(change);
  });
  tickets.onLogged(
    ['ticket-opened', 'message-said', 'status-changed', 'code-changed', 'session-created'],
    async (change) => tellInbox(change),
  );
  sessions.onErase({
    rows: async (change, row) => {
      await change.sql.delete(sessionRequest).where(eq(sessionRequest.sessionId, row.id));
    },
    files: async () => undefined,
  });
}
