import { describe, expect, it } from 'vitest';
import { parkedOfferSchema } from './parked-offer.ts';
import { SDP_LIMIT } from './signal.ts';

const offer = {
  offerId: 'o-1',
  participantId: 'p-1',
  tabId: 't-1',
  page: 'page-1',
  attempt: { n: 1, by: 'page-1' },
  audio: 'v=0',
  video: 'v=0',
};

describe('parked offer', () => {
  it('takes both offers with their candidates', () => {
    expect(parkedOfferSchema.parse(offer)).toEqual(offer);
  });

  it.each([
    ['nothing', null],
    ['only one connection', { ...offer, video: undefined }],
    ['an sdp that is too long', { ...offer, audio: 'x'.repeat(SDP_LIMIT + 1) }],
    ['a wrong participant id', { ...offer, participantId: '../etc' }],
    ['no attempt', { ...offer, attempt: null }],
  ])('refuses %s', (_what, input) => {
    expect(parkedOfferSchema.safeParse(input).success).toBe(false);
  });
});
