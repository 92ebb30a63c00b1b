/**
 * The waiting side's two offers, candidates included, kept on the server until somebody opens the page.
 * The other side finds them in its page bootstrap and answers before its camera is open.
 */
import * as z from 'zod/mini';
import { callId } from './ids.ts';
import { attemptSchema, sdpSchema } from './signal.ts';

export const parkedOfferSchema = z.object({
  offerId: callId,
  participantId: callId,
  /** The tab as the server's presence knows it; the offer goes when this tab goes. */
  tabId: callId,
  /** The page load that made the offer; answers are addressed to it. */
  page: callId,
  attempt: attemptSchema,
  audio: sdpSchema,
  video: sdpSchema,
});

export type ParkedOffer = z.infer<typeof parkedOfferSchema>;
