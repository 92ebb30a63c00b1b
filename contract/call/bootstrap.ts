import * as z from 'zod/mini';
import { SessionEventBody } from '../session/events.ts';
import { Session } from '../session/http.ts';
import { eventsAfter } from '../stream/http.ts';
import { iceServerSchema, parkedOfferSchema } from './index.ts';

/**
 * What the server writes into the session's page (`<script type="application/json" id="bootstrap">`), so that the page
 * shows the session and answers the waiting side without asking anything first. Without it, or when it can't be
 * parsed, the page asks by HTTP.
 */
export const SessionBootstrap = z.object({
  session: Session,
  events: eventsAfter(SessionEventBody),
  iceServers: z.array(iceServerSchema),
  /** The waiting side's offer, handed to this page alone; null when nobody waits or another page has it. */
  parkedOffer: z.nullable(parkedOfferSchema),
  /** Who is speaking: `code` for the customer's device. The page asks and hears as the same. */
  as: z.enum(['member', 'code']),
});
export type SessionBootstrap = z.infer<typeof SessionBootstrap>;
