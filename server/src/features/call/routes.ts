import * as routes from '#contract/call/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { actorKey } from '#core/access/actor.ts';
import { isOver } from '#core/session/lifecycle.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { participantRoom } from '../../realtime/rooms.ts';
import { findParticipant, type Sessions } from '../session/index.ts';
import { iceServersFor } from './ice-servers.ts';
import type { Mailbox } from './mailbox.ts';
import type { ParkedOffers } from './parked-offers.ts';
import { placeOf } from './place.ts';

interface CallParts extends FeatureParts {
  readonly offers: ParkedOffers;
  readonly mailbox: Mailbox;
  readonly sessions: Sessions;
}

/** The HTTP side of a call's setting up. */
export function serveCalls(app: App, parts: CallParts): void {
  const { database, offers, mailbox, sessions, tell } = parts;

  serve(app, routes.postSignal, async ({ actor, params, body }): Promise<Outcome<Record<string, never>>> => {
    const place = await placeOf(parts, actor, params.sessionId);
    if (!place.ok) return place;
    const { row, own } = place.value;
    const to = await findParticipant(database, row.id, body.to);
    // Who has opened its page before it was hidden learns nothing of it any more.
    const isHidden = row.visibility === 'internal' && to?.deviceId != null && to.state !== 'in';
    if (to === null || to.id === own.id || isHidden) return refused('not-found');
    // One of the two must be in: the newcomer who warms up, or who answers them.
    if (own.state !== 'in' && to.state !== 'in') return refused('not-joined');
    if (body.offerId !== undefined) offers.answered(row.id, body.offerId);
    const what = { sessionId: row.id, from: own.id, fromTab: body.tabId, signal: body.signal };
    if (sessions.isAttached(to.id)) tell({ to: [participantRoom(to.id)], name: 'signal', what });
    else mailbox.put(to.id, what);
    return accepted({});
  });

  serve(app, routes.parkOffer, async ({ actor, params, body }): Promise<Outcome<Record<string, never>>> => {
    const place = await placeOf(parts, actor, params.sessionId);
    if (!place.ok) return place;
    const { row, own } = place.value;
    if (isOver(row.status)) return refused('not-in-this-state');
    if (own.state !== 'in' || own.tabId !== body.tabId) return refused('not-joined');
    if (body.offer === null) offers.drop(row.id, own.id);
    // Whose it is says the server, not the page.
    else offers.park(row.id, { ...body.offer, participantId: own.id, tabId: body.tabId });
    return accepted({});
  });

  serve(app, routes.readIceServers, async ({ actor, params }) => {
    const place = await placeOf(parts, actor, params.sessionId);
    if (!place.ok) return place;
    return accepted({ iceServers: iceServersFor(parts.config, actorKey(place.value.actor), parts.clock().getTime()) });
  });
}
