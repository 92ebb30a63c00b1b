/**
 * Offers that wait for somebody to open the page, per session, in memory: they are worth nothing after a restart,
 * and without one the newcomer makes the offer.
 */
import type { ParkedOffer } from '#contract/call/index.ts';

export interface Taker {
  readonly participantId: string;
  readonly tabId: string;
}

export interface ParkedOffers {
  /** Keeps the offer; an older one of the same participant goes. */
  park(sessionId: string, offer: ParkedOffer): void;
  /** Hands an offer of another participant to one tab only. The same tab asking again gets the same offer. */
  take(sessionId: string, taker: Taker): ParkedOffer | null;
  /** The offer was answered, it is used up. */
  answered(sessionId: string, offerId: string): void;
  /** The participant (or only one tab of theirs) is gone, and with it the offers made or claimed there. */
  drop(sessionId: string, participantId: string, tabId?: string): void;
}

interface Entry {
  readonly offer: ParkedOffer;
  /** When it was parked first. */
  readonly parkedAt: number;
  readonly claim: { readonly taker: Taker; readonly at: number } | null;
}

/** A page that took an offer and did not answer in this time has died; the offer is free again. */
export const CLAIM_MS = 15_000;
/** The relay's password in an older one has ended. Without this, one that came after its tab had gone would stay for ever. */
export const OFFER_MS = 2 * 60 * 60_000;

export function createParkedOffers(now: () => number): ParkedOffers {
  const sessions = new Map<string, readonly Entry[]>();
  const entriesOf = (sessionId: string): readonly Entry[] => sessions.get(sessionId) ?? [];
  const keep = (sessionId: string, entries: readonly Entry[]): void => {
    if (entries.length > 0) sessions.set(sessionId, entries);
    else sessions.delete(sessionId);
  };
  const forgetOld = (at: number): void => {
    for (const [sessionId, entries] of sessions) {
      const young = entries.filter((entry) => at - entry.parkedAt < OFFER_MS);
      if (young.length < entries.length) keep(sessionId, young);
    }
  };
  const isOf = (who: Taker, participantId: string, tabId: string | undefined): boolean =>
    who.participantId === participantId && (tabId === undefined || who.tabId === tabId);

  return {
    park(sessionId, offer) {
      const at = now();
      forgetOld(at);
      const entries = entriesOf(sessionId);
      const others = entries.filter((entry) => entry.offer.participantId !== offer.participantId);
      // The same one again, because its page was not sure that it had arrived: whoever took it keeps it.
      const known = entries.find((entry) => entry.offer.offerId === offer.offerId);
      keep(sessionId, [...others, { offer, parkedAt: known?.parkedAt ?? at, claim: known?.claim ?? null }]);
    },

    take(sessionId, taker) {
      const at = now();
      forgetOld(at);
      const entries = entriesOf(sessionId);
      const isFree = (entry: Entry) => entry.claim === null || at - entry.claim.at >= CLAIM_MS;
      const isMine = (entry: Entry) =>
        entry.claim !== null && isOf(entry.claim.taker, taker.participantId, taker.tabId);
      const offered = entries.filter((entry) => entry.offer.participantId !== taker.participantId);
      const found = offered.find(isMine) ?? offered.find(isFree);
      if (!found) return null;
      keep(
        sessionId,
        entries.map((entry) => (entry === found ? { ...entry, claim: { taker, at } } : entry)),
      );
      return found.offer;
    },

    answered(sessionId, offerId) {
      keep(
        sessionId,
        entriesOf(sessionId).filter((entry) => entry.offer.offerId !== offerId),
      );
    },

    drop(sessionId, participantId, tabId) {
      const left = entriesOf(sessionId)
        .filter((entry) => !isOf(entry.offer, participantId, tabId))
        .map((entry) =>
          entry.claim && isOf(entry.claim.taker, participantId, tabId) ? { ...entry, claim: null } : entry,
        );
      keep(sessionId, left);
    },
  };
}
