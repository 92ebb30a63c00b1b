import * as z from 'zod/mini';
import { RequestId } from '../ids.ts';
import { Person } from '../person.ts';
import { Instant } from '../text.ts';

/** The number of an event, or 0 for "from the start": as large as the database counts. */
export const EventNumber = z.int().check(z.nonnegative(), z.maximum(2_147_483_647));

/** The outer shape of every event of a ticket or a session. `seq` counts from 1 without gaps within its stream. */
export const envelope = <Body extends z.ZodMiniType>(body: Body) =>
  z.object({
    seq: z.int().check(z.positive()),
    at: Instant,
    author: Person,
    /** The request that caused it: lets the sender recognise its own message. */
    requestId: z.nullable(RequestId),
    body,
  });

/** A part of a stream: everything this person may see after a number, up to and including `upTo`. */
export const eventsAfter = <Body extends z.ZodMiniType>(body: Body) =>
  z.object({
    events: z.array(envelope(body)),
    upTo: z.int().check(z.nonnegative()),
    /** There was more than one answer holds: ask again after `upTo`. */
    more: z.boolean(),
  });

export const AfterQuery = z.object({
  after: z._default(z.coerce.number().check(z.int(), z.nonnegative(), z.maximum(2_147_483_647)), 0),
});
