import type { Person } from '#contract/person.ts';
import type { KnownActor } from './actor.ts';

/** How an actor is named in events, with the name of this moment. */
export const personOf = (actor: KnownActor): Person =>
  actor.kind === 'member'
    ? { kind: 'member', id: actor.id, name: actor.name }
    : { kind: 'codeUser', id: actor.deviceId, name: actor.name };
