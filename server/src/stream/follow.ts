import { refused } from '#contract/errors.ts';
import type { StreamId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import type { Actor } from '#core/access/actor.ts';
import type { FeatureParts } from '../feature-parts.ts';
import { type Audience, publicOf, roomOf, staffOf } from '../realtime/rooms.ts';
import type { RealtimeParts } from '../realtime/socket.ts';
import { findStream, readSessionEvents, readTicketEvents } from './read.ts';

/** As whom this actor hears the stream of a ticket or session; null: not at all. Each feature decides for its own. */
export type MayHear = (actor: Actor, streamId: StreamId) => Promise<Audience | null>;

const readers = { ticket: readTicketEvents, session: readSessionEvents } as const;

/** The socket's asks about streams. What may not be heard and what does not exist are answered alike. */
export function openStreams(
  { database, tell }: FeatureParts,
  mayHear: Readonly<Record<'ticket' | 'session', MayHear>>,
): Pick<RealtimeParts['answers'], 'follow' | 'unfollow' | 'typing'> {
  const audienceOf = async (actor: Actor, streamId: StreamId) => {
    const found = actor.kind === 'nobody' ? null : await findStream(database, streamId);
    if (found === null) return null;
    const audience = await mayHear[found.kind](actor, streamId);
    return audience === null ? null : { ...found, audience };
  };
  return {
    follow: async (listener, { streamId, after }) => {
      const heard = await audienceOf(await listener.actor(), streamId);
      if (heard === null) return refused('not-found');
      if (listener.roomCount() > limits.followedStreams) return refused('too-many');
      // Join first, read then: an event between the two is heard twice and dropped by its number, never missed.
      await listener.join(roomOf(streamId, heard.audience));
      const page = await readers[heard.kind](database, streamId, after);
      return { ok: true, value: { ...page } };
    },
    unfollow: async (listener, { streamId }) => {
      await listener.leave(staffOf(streamId));
      await listener.leave(publicOf(streamId));
      return { ok: true, value: {} };
    },
    typing: async (listener, { streamId }) => {
      const actor = await listener.actor();
      const heard = await audienceOf(actor, streamId);
      if (heard === null || actor.kind === 'nobody') return refused('not-found');
      const personId = actor.kind === 'member' ? actor.id : actor.deviceId;
      const what = { streamId, personId, name: actor.name };
      tell({ to: [staffOf(streamId), publicOf(streamId)], name: 'typing', what });
      return { ok: true, value: {} };
    },
  };
}
