import { accepted, refused } from '#contract/errors.ts';
import { StreamId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import * as routes from '#contract/ticket/http.ts';
import { isStaff } from '#core/access/actor.ts';
import { transactOnce } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { deviceRoom, loginRoom } from '../../realtime/rooms.ts';
import { readTicketEvents } from '../../stream/read.ts';
import { openTicket } from './open-ticket.ts';
import { mayManage, mayOpen, maySee } from './policy.ts';
import { say } from './say.ts';
import { findTicket, findTicketFacts, findTickets, keepRead } from './store.ts';
import { updateTicket } from './update-ticket.ts';

/** The HTTP side of tickets: parse, authorize, decide, keep, tell. */
export function serveTickets(app: App, parts: FeatureParts): void {
  const { database } = parts;

  serve(app, routes.listTickets, async ({ actor, query }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    // A code user's list is that of their codes; naming a foreign one finds nothing, like naming a missing one.
    const codes = actor.kind === 'codeUser' ? actor.codeIds : null;
    const codeIds = query.code === undefined ? codes : (codes ?? [query.code]).filter((id) => id === query.code);
    const { search, status, assignee, page } = query;
    const found = await findTickets(
      database,
      actor,
      { codeIds, search, status, assignee },
      {
        limit: limits.pageSize,
        offset: (page - 1) * limits.pageSize,
      },
    );
    return accepted({ ...found, page, pageSize: limits.pageSize });
  });

  serve(app, routes.openTicket, async ({ actor, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayOpen(actor, body.code ?? null)) return refused('not-found');
    return transactOnce(parts, { actor, requestId: body.requestId, route: 'openTicket' }, (change) =>
      openTicket(change, actor, body),
    );
  });

  serve(app, routes.readTicket, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const found = await findTicket(database, actor, params.ticketId);
    return found !== null && maySee(actor, { codeId: found.code?.id ?? null }) ? accepted(found) : refused('not-found');
  });

  serve(app, routes.updateTicket, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayManage(actor)) return refused('not-found');
    return transactOnce(
      parts,
      { actor, requestId: body.requestId, route: `updateTicket ${params.ticketId}` },
      (change) => updateTicket(change, actor, params.ticketId, body),
    );
  });

  serve(app, routes.ticketEvents, async ({ actor, params, query }) => {
    const facts = await findTicketFacts(database, params.ticketId);
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (facts === null || !maySee(actor, facts)) return refused('not-found');
    return accepted(
      await readTicketEvents(
        database,
        StreamId.parse(params.ticketId),
        query.after,
        isStaff(actor) ? 'staff' : 'public',
      ),
    );
  });

  serve(app, routes.sayInTicket, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    return transactOnce(
      parts,
      { actor, requestId: body.requestId, route: `sayInTicket ${params.ticketId}` },
      async (change) => {
        // Locked before its stream is, as in every change of a ticket: otherwise two of them wait for each other.
        const facts = await findTicketFacts(change.sql, params.ticketId, true);
        if (facts === null || !maySee(actor, facts)) return refused('not-found');
        return say(change, actor, facts, body);
      },
    );
  });

  serve(app, routes.markTicketRead, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const found = await findTicket(database, actor, params.ticketId);
    if (found === null || !maySee(actor, { codeId: found.code?.id ?? null })) return refused('not-found');
    await keepRead(database, actor, params.ticketId, Math.min(body.upTo, found.lastSeq));
    // The reader's own lists count less as unread now; to all others nothing has changed.
    const mine = actor.kind === 'member' ? loginRoom(actor.loginId) : deviceRoom(actor.deviceId);
    if (body.upTo > found.readUpTo) parts.tell({ to: [mine], name: 'ticket-changed', what: { ticketId: found.id } });
    return accepted({});
  });
}
