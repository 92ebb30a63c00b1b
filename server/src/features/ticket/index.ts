import { type CodeId, type StreamId, TicketId } from '#contract/ids.ts';
import { isStaff } from '#core/access/actor.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import type { MayHear } from '../../stream/follow.ts';
import { maySee } from './policy.ts';
import { serveTickets } from './routes.ts';
import { countOpenTickets, findTicketFacts } from './store.ts';

/** Tickets and their Messenger. */
export { openTicket } from './open-ticket.ts';
export { maySee as maySeeTicket } from './policy.ts';
export { findTicketFacts, isUnsolved } from './store.ts';
export { ticket } from './tables.ts';
export { putOnTop } from './tell.ts';

export interface Tickets {
  readonly mayHear: MayHear;
  countOpen(codeIds: readonly CodeId[]): Promise<ReadonlyMap<CodeId, number>>;
}

/** Registers the routes; answers who may hear a ticket's stream. */
export function registerTicket(app: App, parts: FeatureParts): Tickets {
  serveTickets(app, parts);
  return {
    countOpen: (codeIds) => countOpenTickets(parts.database, codeIds),
    mayHear: async (actor, streamId: StreamId) => {
      const facts = await findTicketFacts(parts.database, TicketId.parse(streamId));
      if (facts === null || !maySee(actor, facts)) return null;
      return isStaff(actor) ? 'staff' : 'public';
    },
  };
}
