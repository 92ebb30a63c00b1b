import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { ParticipantId, SessionId, TabId } from '../ids.ts';
import { iceServerSchema } from './ice-server.ts';
import { callId } from './ids.ts';
import { parkedOfferSchema } from './parked-offer.ts';
import { signalSchema } from './signal.ts';

const params = z.object({ sessionId: SessionId });

/**
 * Passes a signal on to another participant's pages. It is no fact: nothing of it is kept but for seconds, until a page
 * that is just opening can hear it. `offerId` says that this answers a parked offer, which is used up by it.
 */
export const postSignal = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/signals',
  params,
  body: z.object({ tabId: TabId, to: ParticipantId, offerId: z.optional(callId), signal: signalSchema }),
});

/** Parks the waiting side's offer, or takes it back with null. Refused with `not-joined` for who is not in from this tab. */
export const parkOffer = defineRoute({
  method: 'PUT',
  path: '/api/sessions/:sessionId/parked-offer',
  params,
  body: z.object({ tabId: TabId, offer: z.nullable(parkedOfferSchema) }),
});

/** STUN and TURN servers with credentials that soon expire; a long call asks again before a reconnect. */
export const readIceServers = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/ice-servers',
  params,
  reply: z.object({ iceServers: z.array(iceServerSchema) }),
});
