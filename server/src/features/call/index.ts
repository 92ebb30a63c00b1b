import type { FastifyRequest } from 'fastify';
import type { SessionBootstrap } from '#contract/call/bootstrap.ts';
import type { ParticipantId, SessionId } from '#contract/ids.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { participantRoom } from '../../realtime/rooms.ts';
import type { Sessions } from '../session/index.ts';
import { bootstrapOf } from './bootstrap.ts';
import { createMailbox } from './mailbox.ts';
import { createParkedOffers } from './parked-offers.ts';
import { eraseQuality, serveQuality } from './quality.ts';
import { serveCalls } from './routes.ts';

export { callQuality } from './tables.ts';

/**
 * The server's part of a call: passes signals on, parks offers, hands out relay credentials, keeps what pages have
 * measured. Media never comes here.
 */
export interface Calls {
  readonly bootstrapOf: (request: FastifyRequest, sessionId: SessionId) => Promise<SessionBootstrap | null>;
}

/** Registers the routes of the call. */
export function registerCall(app: App, parts: FeatureParts, sessions: Sessions): Calls {
  const now = () => parts.clock().getTime();
  const offers = createParkedOffers(now);
  const mailbox = createMailbox(now);
  sessions.onAttached((participantId: ParticipantId) => {
    for (const what of mailbox.take(participantId)) {
      parts.tell({ to: [participantRoom(participantId)], name: 'signal', what });
    }
  });
  sessions.onTabGone((sessionId, participantId, tabId) => offers.drop(sessionId, participantId, tabId));
  serveQuality(app, parts);
  eraseQuality(sessions);
  serveCalls(app, { ...parts, offers, mailbox, sessions });
  return { bootstrapOf: (request, sessionId) => bootstrapOf(app, parts, offers, request, sessionId) };
}
