import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { RequestId } from '../ids.ts';

/**
 * What becomes of somebody who comes in while a recording runs, until their answer: `pause` records nobody, `leave-out` goes on
 * without that person's picture and voice.
 */
export const LateJoiner = z.enum(['pause', 'leave-out']);
export type LateJoiner = z.infer<typeof LateJoiner>;

/** Days after which something is erased; null keeps it. */
const Days = z.nullable(z.int().check(z.gte(1), z.lte(3_650)));

/** What the organization has decided; an admin changes it. */
export const Policies = z.object({
  recording: z.object({
    /** Nothing of a person is captured before their yes. */
    consent: z.boolean(),
    lateJoiner: LateJoiner,
  }),
  /** Counted from a session's end. */
  retentionDays: z.object({ recordings: Days, screenshots: Days, sessions: Days }),
});
export type Policies = z.infer<typeof Policies>;

/** As they are before an admin changes them. */
export const defaultPolicies: Policies = {
  recording: { consent: true, lateJoiner: 'pause' },
  retentionDays: { recordings: null, screenshots: null, sessions: null },
};

/** Every employee reads them; admins and co-admins change them. */
export const readPolicies = defineRoute({ method: 'GET', path: '/api/policies', reply: Policies });
export const changePolicies = defineRoute({
  method: 'PUT',
  path: '/api/policies',
  body: z.object({ requestId: RequestId, policies: Policies }),
  reply: Policies,
});
