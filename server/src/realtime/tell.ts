import type { Tell, TellName } from '#contract/socket.ts';
import type { Room } from './rooms.ts';

/** Something to say to whoever is in the rooms, once the fact behind it is committed. */
export type Outgoing = {
  [N in TellName]: { readonly to: readonly Room[]; readonly name: N; readonly what: Tell<N> };
}[TellName];

/** Says it now. Delivery is best effort: whoever misses it asks for the events after its last number. */
export type TellNow = (outgoing: Outgoing) => void;
