import { describe, expect, it } from 'vitest';
import { CANDIDATES_LIMIT, PARTS_LIMIT, parseSignal, SDP_LIMIT } from './signal.ts';

const place = { connection: 'audio', attempt: { n: 1, by: 'page-a' }, round: 0 };
const offer = { kind: 'offer', ...place, sdp: 'v=0' };
const candidate = { candidate: 'candidate:1 1 udp 1 10.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };
const parcel = (...parts: unknown[]) => ({ page: 'page-a', to: null, parts });

describe('signal', () => {
  it('takes a parcel with every kind of part', () => {
    const signal = parcel(
      offer,
      { kind: 'answer', ...place, sdp: 'v=0' },
      { kind: 'candidates', ...place, connection: 'video', candidates: [candidate] },
      { kind: 'restart', ...place },
      { kind: 'bye', ...place },
    );
    expect(parseSignal(signal)).toEqual(signal);
  });

  it('keeps nothing that it does not know', () => {
    expect(parseSignal(parcel({ ...offer, script: '<script>' }))).toEqual(parcel(offer));
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'offer'],
    ['a list', [offer]],
    ['no parts', parcel()],
    ['too many parts', parcel(...Array.from({ length: PARTS_LIMIT + 1 }, () => offer))],
    ['an unknown kind', parcel({ ...offer, kind: 'shout' })],
    ['an unknown connection', parcel({ ...offer, connection: 'smell' })],
    ['an sdp that is too long', parcel({ ...offer, sdp: 'x'.repeat(SDP_LIMIT + 1) })],
    ['an empty sdp', parcel({ ...offer, sdp: '' })],
    ['no attempt', parcel({ ...offer, attempt: undefined })],
    ['attempt zero', parcel({ ...offer, attempt: { n: 0, by: 'page-a' } })],
    ['a fractional round', parcel({ ...offer, round: 0.5 })],
    ['an id with markup', { ...parcel(offer), page: '<b>' }],
    ['an id that is too long', { ...parcel(offer), page: 'x'.repeat(65) }],
    ['a missing addressee', { page: 'page-a', parts: [offer] }],
    [
      'too many candidates',
      parcel({
        kind: 'candidates',
        ...place,
        candidates: Array.from({ length: CANDIDATES_LIMIT + 1 }, () => candidate),
      }),
    ],
    [
      'a candidate that is too long',
      parcel({ kind: 'candidates', ...place, candidates: [{ candidate: 'x'.repeat(1025) }] }),
    ],
  ])('refuses %s', (_what, input) => {
    expect(parseSignal(input)).toBeNull();
  });
});
