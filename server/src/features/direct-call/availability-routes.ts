import { chooseAvailability, listAvailability } from '#contract/direct-call/http.ts';
import { accepted, refused } from '#contract/errors.ts';
import { transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { desks } from '../../realtime/rooms.ts';
import { readAvailability, readChosen } from './availability.ts';
import type { DirectCallParts } from './direct-call-parts.ts';
import { mayAnswer } from './policy.ts';
import { memberAvailability } from './tables.ts';

/** Who could answer a call now, and what one has chosen oneself. */
export function serveAvailability(app: App, parts: DirectCallParts): void {
  serve(app, listAvailability, async ({ actor }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayAnswer(actor)) return refused('not-found');
    const members = await readAvailability(parts, parts.database);
    return accepted({ members: [...members], chosen: await readChosen(parts.database, actor.id) });
  });

  serve(app, chooseAvailability, async ({ actor, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayAnswer(actor)) return refused('not-found');
    const asked = { actor, requestId: body.requestId, route: 'chooseAvailability' };
    return transactOnce<Record<string, never>>(parts, asked, async (change) => {
      const { chosen } = body;
      await change.sql
        .insert(memberAvailability)
        .values({ memberId: actor.id, chosen })
        .onConflictDoUpdate({ target: memberAvailability.memberId, set: { chosen } });
      // Choosing is doing something.
      change.afterCommit(() => parts.pages.touch(actor.id));
      change.tell({ to: [desks], name: 'availability-changed', what: {} });
      return accepted({});
    });
  });
}
