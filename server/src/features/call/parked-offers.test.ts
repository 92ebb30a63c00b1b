import { beforeEach, describe, expect, it } from 'vitest';
import type { ParkedOffer } from '#contract/call/index.ts';
import { CLAIM_MS, createParkedOffers, OFFER_MS, type ParkedOffers } from './parked-offers.ts';

const offer = (offerId: string, participantId = 'ann', tabId = 'ann-tab'): ParkedOffer => ({
  offerId,
  participantId,
  tabId,
  page: `${participantId}-page`,
  attempt: { n: 1, by: `${participantId}-page` },
  audio: 'v=0 audio',
  video: 'v=0 video',
});
const bob = { participantId: 'bob', tabId: 'bob-tab' };
const bobAgain = { participantId: 'bob', tabId: 'bob-tab-2' };

describe('parked offers', () => {
  let clock = 0;
  let parked: ParkedOffers;
  beforeEach(() => {
    clock = 1000;
    parked = createParkedOffers(() => clock);
    parked.park('s', offer('o1'));
  });

  it('hands an offer to one tab only, and to that tab again', () => {
    expect(parked.take('s', bob)?.offerId).toBe('o1');
    expect(parked.take('s', bobAgain)).toBeNull();
    expect(parked.take('s', { participantId: 'cem', tabId: 'cem-tab' })).toBeNull();
    expect(parked.take('s', bob)?.offerId).toBe('o1');
  });

  it('never hands a participant their own offer, nor one of another session', () => {
    expect(parked.take('s', { participantId: 'ann', tabId: 'other' })).toBeNull();
    expect(parked.take('t', bob)).toBeNull();
  });

  it('takes a claim back when it is not answered in time', () => {
    parked.take('s', bob);
    clock += CLAIM_MS - 1;
    expect(parked.take('s', bobAgain)).toBeNull();
    clock += 1;
    expect(parked.take('s', bobAgain)?.offerId).toBe('o1');
    expect(parked.take('s', bob)).toBeNull();
  });

  it('is used up by an answer', () => {
    parked.take('s', bob);
    parked.answered('s', 'o1');
    clock += CLAIM_MS;
    expect(parked.take('s', bobAgain)).toBeNull();
  });

  it('keeps only the newest offer of a participant', () => {
    parked.park('s', offer('o2'));
    expect(parked.take('s', bob)?.offerId).toBe('o2');
    expect(parked.take('s', bobAgain)).toBeNull();
  });

  it('leaves an offer that is parked twice with the tab that took it', () => {
    parked.take('s', bob);
    parked.park('s', offer('o1'));
    expect(parked.take('s', bobAgain)).toBeNull();
    expect(parked.take('s', bob)?.offerId).toBe('o1');
  });

  it('forgets the offers of a tab that went, and frees what it had claimed', () => {
    parked.take('s', bob);
    parked.drop('s', 'bob', 'bob-tab');
    expect(parked.take('s', bobAgain)?.offerId).toBe('o1');
    parked.drop('s', 'ann', 'another-tab');
    expect(parked.take('s', bobAgain)?.offerId).toBe('o1');
    parked.drop('s', 'ann');
    expect(parked.take('s', bobAgain)).toBeNull();
  });

  it('forgets an offer whose relay password has ended, also when it was parked again', () => {
    clock += OFFER_MS - 1;
    parked.park('s', offer('o1'));
    expect(parked.take('s', bob)?.offerId).toBe('o1');
    clock += 1;
    expect(parked.take('s', bob)).toBeNull();
  });
});
