import { type CodeId, type StreamId, TicketId } from '#contract/ids.ts';
import type { TicketEventBody } from '#contract/ticket/events.ts';
import type { TicketEvent } from '#contract/ticket/http.ts';
import { isStaff } from '#core/access/actor.ts';
import type { Change } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { publicOf, staffOf } from '../../realtime/rooms.ts';
import type { MayHear } from '../../stream/follow.ts';
import { maySee } from './policy.ts';
import { serveTickets } from './routes.ts';
import { countOpenTickets, findTicketFacts } from './store.ts';

/** Tickets and their Messenger. */
export { openTicket } from './open-ticket.ts';
export { maySee as maySeeTicket } from './policy.ts';
export { findTicket, findTicketFacts, isUnsolved } from './store.ts';
export { ticket } from './tables.ts';
export { putOnTop, tellTicketChanged } from './tell.ts';

/** An event of one of these kinds. */
type EventOf<Kind extends TicketEventBody['kind']> = TicketEvent & {
  readonly body: Extract<TicketEventBody, { kind: Kind }>;
};
type Facts = NonNullable<Awaited<ReturnType<typeof findTicketFacts>>>;

export interface Tickets {
  readonly mayHear: MayHear;
  countOpen(codeIds: readonly CodeId[]): Promise<ReadonlyMap<CodeId, number>>;
  /** Called within the change that adds an event of one of these kinds; what the listener throws undoes that change. */
  onLogged<Kind extends TicketEventBody['kind']>(
    kinds: readonly Kind[],
    listener: (change: Change, ticket: Facts, event: EventOf<Kind>) => Promise<void>,
  ): void;
}

/** Registers the routes; answers who may hear a ticket's stream. */
export function registerTicket(app: App, parts: FeatureParts): Tickets {
  serveTickets(app, parts);
  return {
    countOpen: (codeIds) => countOpenTickets(parts.database, codeIds),
    mayHear: async (actor, streamId: StreamId) => {
      const facts = await findTicketFacts(parts.database, TicketId.parse(streamId));
      if (facts === null || !maySee(actor, facts)) return null;
      return { as: isStaff(actor) ? 'staff' : 'public', rooms: [staffOf(streamId), publicOf(streamId)] };
    },
    onLogged: (kinds, listener) => {
      const isOfKind = (event: TicketEvent): event is EventOf<(typeof kinds)[number]> =>
        kinds.some((kind) => kind === event.body.kind);
      parts.ticketListeners.push(async (change, ticketId, event) => {
        if (!isOfKind(event)) return;
        const facts = await findTicketFacts(change.sql, ticketId);
        if (facts !== null) await listener(change, facts, event);
      });
    },
  };
}
