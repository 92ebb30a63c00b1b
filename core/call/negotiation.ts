/**
 * Perfect negotiation for one connection of a pair, as decisions only.
 *
 * Attempts are totally ordered: the higher number wins, on a tie the impolite side's. Each attempt is a peer connection of its own,
 * so the loser is closed and not rolled back: both sides end on the same attempt in whatever order the signals arrive, and nothing
 * older can come back. When both restart ICE on the same attempt at once, the polite side opens a new attempt: in Chromium 156 a
 * rollback leaves the remote video track without frames for ever (measured; the decoder goes on, the element stands still).
 * An unanswered offer is repeated by a timer, to whatever page is there (`to: null`): that heals lost signals and two pages
 * that each still talk to the other's past.
 */
import type { Attempt } from '#contract/call/index.ts';

export type Negotiation =
  | { readonly phase: 'idle' }
  | {
      /** `offering`: our offer is out. `settled`: answered by one of the two sides. */
      readonly phase: 'offering' | 'settled';
      readonly attempt: Attempt;
      readonly round: number;
      /** Whether the offer of this round was ours. */
      readonly mine: boolean;
    };

/** A negotiation that has begun. */
export type Begun = Exclude<Negotiation, { phase: 'idle' }>;

export interface Place {
  readonly attempt: Attempt;
  readonly round: number;
}

export type OfferAction =
  /** Make a new connection for it and answer. */
  | 'open'
  /** Answer on the connection there is. */
  | 'answer'
  /** Both restarted at once: open an attempt of our own, which takes the place of both. */
  | 'reopen'
  | 'repeat-offer'
  | 'repeat-answer'
  | 'ask-restart'
  | 'ignore';

export interface Decision<Action> {
  readonly act: Action;
  readonly next: Negotiation;
}

export const IDLE: Negotiation = { phase: 'idle' };

/** Polite is the participant whose id sorts higher. */
export function isPolite(own: string, other: string): boolean {
  return own > other;
}

export function sameAttempt(a: Attempt, b: Attempt): boolean {
  return a.n === b.n && a.by === b.by;
}

/** Opens a new attempt; `n` must be higher than every number seen so far. */
export function openAttempt(attempt: Attempt): Begun {
  return { phase: 'offering', attempt, round: 0, mine: true };
}

/** The next round on the attempt that is settled, or null while there is none to go on with. */
export function openRound(state: Negotiation): Begun | null {
  if (state.phase !== 'settled') return null;
  return { phase: 'offering', attempt: state.attempt, round: state.round + 1, mine: true };
}

function accepted(offer: Place): Negotiation {
  return { phase: 'settled', attempt: offer.attempt, round: offer.round, mine: false };
}

/** Whether `theirs`, opened by the other side, takes the place of `current`. */
function outranks(theirs: Attempt, current: Attempt, polite: boolean): boolean {
  return theirs.n === current.n ? polite : theirs.n > current.n;
}

/** A first offer opens a connection; a later one without its beginning is of no use. */
function takeUnknown(state: Negotiation, offer: Place): Decision<OfferAction> {
  return offer.round === 0 ? { act: 'open', next: accepted(offer) } : { act: 'ask-restart', next: state };
}

/** Both sides offered, or an offer came late or twice, on one and the same attempt. */
function onSameAttempt(state: Begun, polite: boolean, offer: Place): Decision<OfferAction> {
  const offering = state.phase === 'offering';
  if (offer.round < state.round) {
    // They still wait for an answer that is lost, so they cannot take our later offer: begin anew.
    return { act: offering ? 'ask-restart' : 'ignore', next: state };
  }
  if (offering && state.round === 0) {
    // Their answer to our first offer is still on its way. They will repeat this one.
    return { act: 'ignore', next: state };
  }
  if (offering) return { act: polite ? 'reopen' : 'repeat-offer', next: state };
  if (offer.round > state.round) return { act: 'answer', next: accepted(offer) };
  return { act: state.mine ? 'ignore' : 'repeat-answer', next: state };
}

/** What to do with an offer of the other side. */
export function onOffer(state: Negotiation, polite: boolean, offer: Place): Decision<OfferAction> {
  if (state.phase === 'idle') return takeUnknown(state, offer);
  if (sameAttempt(state.attempt, offer.attempt)) return onSameAttempt(state, polite, offer);
  if (outranks(offer.attempt, state.attempt, polite)) return takeUnknown(state, offer);
  // They lost the race, and may never have seen the offer that won it.
  return { act: state.phase === 'offering' ? 'repeat-offer' : 'ignore', next: state };
}

/** What to do with an answer of the other side: it counts only for the very offer that is out. */
export function onAnswer(state: Negotiation, answer: Place): Decision<'apply' | 'ask-restart' | 'ignore'> {
  // An offer that somebody else has answered already, or that was given up meanwhile: they must not wait for it.
  if (state.phase === 'idle' || !sameAttempt(state.attempt, answer.attempt)) return { act: 'ask-restart', next: state };
  if (state.phase !== 'offering' || state.round !== answer.round) return { act: 'ignore', next: state };
  return { act: 'apply', next: { ...state, phase: 'settled' } };
}

/** What to do with candidates; `remoteRound` is the round of the description set last from the other side, -1 before the first. */
export function onCandidates(state: Negotiation, remoteRound: number, place: Place): 'add' | 'hold' | 'drop' {
  if (state.phase === 'idle') return 'hold';
  if (!sameAttempt(state.attempt, place.attempt)) return place.attempt.n >= state.attempt.n ? 'hold' : 'drop';
  return place.round <= remoteRound ? 'add' : 'hold';
}

/** Whether "open a new one" or "closed" speaks of the attempt there is. */
export function concerns(state: Negotiation, place: Place): boolean {
  return state.phase !== 'idle' && sameAttempt(state.attempt, place.attempt);
}
