import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { SessionBootstrap } from '#contract/call/bootstrap.ts';
import type { ParkedOffer } from '#contract/call/index.ts';
import { ParticipantId, type SessionId, StreamId } from '#contract/ids.ts';
import { actorKey, isStaff } from '#core/access/actor.ts';
import { isOpen } from '#core/session/lifecycle.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { readSessionEvents } from '../../stream/read.ts';
import { findParticipant, readSession } from '../session/index.ts';
import { iceServersFor } from './ice-servers.ts';
import type { ParkedOffers, Taker } from './parked-offers.ts';

/**
 * What the session's page starts from, put into the page itself: with the waiting side's offer in it the newcomer can
 * answer before it has asked anything (research/webrtc.md §1: -30 % until the first picture).
 * Null where this person may not see the session; the page then says so itself.
 */
export async function bootstrapOf(
  app: App,
  parts: FeatureParts,
  offers: ParkedOffers,
  request: FastifyRequest,
  sessionId: SessionId,
): Promise<SessionBootstrap | null> {
  const actor = await app.actorOf(request);
  if (actor.kind === 'nobody') return null;
  const session = await readSession(parts, actor, { sessionId });
  if (!session.ok) return null;
  const participantId = session.value.you.participantId;
  // This page load is a tab of its own as far as the offer is concerned: a second load must not get the same one.
  const taker = { participantId: participantId ?? '', tabId: randomUUID() };
  return {
    session: session.value,
    events: await readSessionEvents(parts.database, StreamId.parse(sessionId), 0, isStaff(actor) ? 'staff' : 'public'),
    iceServers: iceServersFor(parts.config, actorKey(actor), parts.clock().getTime()),
    parkedOffer:
      participantId !== null && isOpen(session.value.status) ? await takeOffer(parts, offers, sessionId, taker) : null,
    as: actor.kind === 'member' ? 'member' : 'code',
  };
}

/** An offer whose maker has left meanwhile, or gone on in another tab, leads nowhere: it goes, and the newcomer makes one. */
async function takeOffer(
  { database }: FeatureParts,
  offers: ParkedOffers,
  sessionId: SessionId,
  taker: Taker,
): Promise<ParkedOffer | null> {
  const offer = offers.take(sessionId, taker);
  if (offer === null) return null;
  const maker = await findParticipant(database, sessionId, ParticipantId.parse(offer.participantId));
  if (maker?.state === 'in' && maker.tabId === offer.tabId) return offer;
  offers.drop(sessionId, offer.participantId);
  return null;
}
