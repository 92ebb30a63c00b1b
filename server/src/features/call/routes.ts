import * as routes from '#contract/call/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import { type Actor, actorKey } from '#core/access/actor.ts';
import { isOver } from '#core/session/lifecycle.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { participantRoom } from '../../realtime/rooms.ts';
import { findOwnParticipant, findParticipant, findSession, maySeeSession, type Sessions } from '../session/index.ts';
import { iceServersFor } from './ice-servers.ts';
import type { Mailbox } from './mailbox.ts';
import type { ParkedOffers } from './parked-offers.ts';

interface CallParts extends FeatureParts {
  readonly offers: ParkedOffers;
  readonly mailbox: Mailbox;
  readonly sessions: Sessions;
}

/** This person's place in a session that they may see. Before they have opened its page there is none. */
async function placeOf({ database }: FeatureParts, actor: Actor, sessionId: SessionId) {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  const row = await findSession(database, sessionId);
  if (row === null || !maySeeSession(actor, row)) return refused('not-found');
  const own = await findOwnParticipant(database, row.id, actor);
  return own === null ? refused('not-joined') : accepted({ row, own, actor });
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
