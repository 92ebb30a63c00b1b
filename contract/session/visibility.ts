import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { RequestId, SessionId } from '../ids.ts';

export const Visibility = z.enum(['public', 'internal']);
export type Visibility = z.infer<typeof Visibility>;

/** A4, employees only. Who is in the session stays in until they leave or it ends; for all other code users it is gone at once. */
export const setVisibility = defineRoute({
  method: 'PUT',
  path: '/api/sessions/:sessionId/visibility',
  params: z.object({ sessionId: SessionId }),
  body: z.object({ requestId: RequestId, to: Visibility }),
});
