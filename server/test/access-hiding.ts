import { and, eq, isNotNull } from 'drizzle-orm';
import * as sessions from '#contract/session/http.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import { participant, session } from '#server/features/session/index.ts';
import { fresh } from './access-row.ts';
import type { World } from './access-world.ts';
import type { Answer } from './harness/client.ts';
import type { TestServer } from './harness/server.ts';

/** A4: hides every session that there is. The owner leaves those they are in: a hidden one goes on for who is in it. */
export async function hideAll({ database }: TestServer, { people }: World): Promise<void> {
  const shown = await database.select({ id: session.id }).from(session).where(eq(session.visibility, 'public'));
  for (const { id: sessionId } of shown) {
    await people.admin.get(setVisibility, { params: { sessionId }, body: fresh({ to: 'internal' }) });
    const isIn = and(eq(participant.state, 'in'), isNotNull(participant.deviceId));
    const inside = await database
      .select({ tabId: participant.tabId })
      .from(participant)
      .where(and(isIn, eq(participant.sessionId, sessionId)));
    for (const { tabId } of inside) {
      await people.owner.get(sessions.leaveSession, { params: { sessionId }, body: fresh({ tabId }) });
    }
  }
}

/** Everything that the asker can tell two answers apart by, but for the time. */
export const asBytes = ({ status, text, headers }: Answer) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => name !== 'date' && !name.startsWith('x-ratelimit')),
});
