import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { RequestId } from '../ids.ts';
import { Reason } from '../text.ts';

/**
 * What becomes of somebody who comes in while a recording runs, until their answer: `pause` records nobody, `leave-out` goes on
 * without that person's picture and voice.
 */
export const LateJoiner = z.enum(['pause', 'leave-out']);
export type LateJoiner = z.infer<typeof LateJoiner>;

/** Days after which something is erased; null keeps it. */
const Days = z.nullable(z.int().check(z.gte(1), z.lte(3_650)));

/** As clocks show it, 00:00 to 24:00. */
const TimeOfDay = z.string().check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/));
/** Within one day; `from` is before `to`. */
const OpenHours = z
  .object({ from: TimeOfDay, to: TimeOfDay })
  .check(z.refine(({ from, to }) => from < to, { path: ['to'] }));
export type OpenHours = z.infer<typeof OpenHours>;

export const TimeZone = z.string().check(z.maxLength(60), z.refine(isTimeZone));

/** Policies are parsed at many a request, and asking takes long. */
const knownTimeZones = new Set<string>();

function isTimeZone(name: string): boolean {
  if (knownTimeZones.has(name)) return true;
  try {
    Intl.DateTimeFormat(undefined, { timeZone: name });
  } catch {
    return false;
  }
  knownTimeZones.add(name);
  return true;
}

/** What the organization has decided; an admin changes it. */
export const Policies = z.object({
  recording: z.object({
    /** Nothing of a person is captured before their yes. */
    consent: z.boolean(),
    lateJoiner: LateJoiner,
  }),
  /** A12. Off for the organization is off for every code; on, each code has its own switch. */
  directCall: z.object({ enabled: z.boolean(), ringSeconds: z.int().check(z.gte(10), z.lte(300)) }),
  /** When somebody is there to answer; a direct call outside of them is not offered, and the customer is told. */
  officeHours: z.object({
    enabled: z.boolean(),
    /** An IANA name such as Europe/Berlin. */
    timeZone: TimeZone,
    /** Monday to Sunday; null is closed. */
    week: z.array(z.nullable(OpenHours)).check(z.length(7)),
    /** What the customer reads outside of them; may be empty. */
    message: Reason,
  }),
  /** A11. A request that nobody has agreed to ends after so many hours; both sides are reminded so many minutes before. */
  requests: z.object({
    expireHours: z.int().check(z.gte(1), z.lte(720)),
    remindMinutes: z.int().check(z.gte(5), z.lte(1_440)),
  }),
  /** Counted from a session's end. */
  retentionDays: z.object({ recordings: Days, screenshots: Days, sessions: Days }),
});
export type Policies = z.infer<typeof Policies>;

const weekday: OpenHours = { from: '08:00', to: '17:00' };

/** As they are before an admin changes them. */
export const defaultPolicies: Policies = {
  recording: { consent: true, lateJoiner: 'pause' },
  directCall: { enabled: false, ringSeconds: 45 },
  officeHours: {
    enabled: false,
    timeZone: 'Europe/Berlin',
    week: [weekday, weekday, weekday, weekday, weekday, null, null],
    message: '',
  },
  requests: { expireHours: 72, remindMinutes: 30 },
  retentionDays: { recordings: null, screenshots: null, sessions: null },
};

/** Every employee reads them. */
export const readPolicies = defineRoute({ method: 'GET', path: '/api/policies', reply: Policies });
/** Admins and co-admins: the sections that are named become these; the others stay as they are. */
export const changePolicies = defineRoute({
  method: 'PUT',
  path: '/api/policies',
  body: z.object({ requestId: RequestId, policies: z.partial(Policies) }),
  reply: Policies,
});
