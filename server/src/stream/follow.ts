import { refused } from '#contract/errors.ts';
import type { StreamId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import type { Actor } from '#core/access/actor.ts';
import type { FeatureParts } from '../feature-parts.ts';
import { type Audience, publicOf, type Room, roomOf, staffOf } from '../realtime/rooms.ts';
import type { RealtimeParts } from '../realtime/socket.ts';
import { findStreamKind, readSessionEvents, readTicketEvents } from './read.ts';

/** As whom somebody hears a stream, and where everybody is told who hears it now. */
export interface Hearing {
  readonly as: Audience;
  readonly rooms: readonly Room[];
}
/** How this actor hears the stream of a ticket or session; null: not at all. Each feature decides for its own. */
export type MayHear = (actor: Actor, streamId: StreamId) => Promise<Hearing | null>;

const readers = { ticket: readTicketEvents, session: readSessionEvents } as const;

/** The socket's asks about streams. What may not be heard and what does not exist are answered alike. */
export function openStreams(
  { database, tell }: FeatureParts,
  mayHear: Readonly<Record<'ticket' | 'session', MayHear>>,
): Pick<RealtimeParts['answers'], 'follow' | 'unfollow' | 'typing'> {
  const hearingOf = async (actor: Actor, streamId: StreamId) => {
    const kind = actor.kind === 'nobody' ? null : await findStreamKind(database, streamId);
    const hearing = kind === null ? null : await mayHear[kind](actor, streamId);
    return kind === null || hearing === null ? null : { kind, ...hearing };
  };
  return {
    follow: async (listener, { streamId, after }) => {
      const actor = await listener.actor();
      const heard = await hearingOf(actor, streamId);
      if (heard === null) return refused('not-found');
      if (listener.roomCount() > limits.followedStreams) return refused('too-many');
      // Join first, read then: an event between the two is heard twice and dropped by its number, never missed.
      await listener.join(roomOf(streamId, heard.as));
      // What was hidden before the socket was in the room is in this answer, what is hidden from now on is told there.
      if (heard.as === 'public' && (await hearingOf(actor, streamId)) === null) {
        await listener.leave(publicOf(streamId));
        return refused('not-found');
      }
      const page = await readers[heard.kind](database, streamId, after, heard.as);
      return { ok: true, value: { ...page } };
    },
    unfollow: async (listener, { streamId }) => {
      await listener.leave(staffOf(streamId));
      await listener.leave(publicOf(streamId));
      return { ok: true, value: {} };
    },
    typing: async (listener, { streamId }) => {
      const actor = await listener.actor();
      const heard = await hearingOf(actor, streamId);
      if (heard === null || actor.kind === 'nobody') return refused('not-found');
      const personId = actor.kind === 'member' ? actor.id : actor.deviceId;
      tell({ to: heard.rooms, name: 'typing', what: { streamId, personId, name: actor.name } });
      return { ok: true, value: {} };
    },
  };
}
