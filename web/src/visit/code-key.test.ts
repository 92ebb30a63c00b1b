import { describe, expect, it } from 'vitest';
import { keyOfPath, keyOfTyped, spelled } from './code-key.ts';
import { hashOf, placeOf } from './place.ts';

describe('the key of a code', () => {
  it('is in the path, or nowhere', () => {
    expect(keyOfPath('/c/pTtnCYd5e8mtt0GGoSsZuds5KXWSMAD_')).toEqual({ link: 'pTtnCYd5e8mtt0GGoSsZuds5KXWSMAD_' });
    expect(keyOfPath('/c')).toBeNull();
    expect(keyOfPath('/c/short')).toBeNull();
    expect(keyOfPath('/c/%3Cscript%3Ealert(1)%3C/script%3E')).toBeNull();
  });
  it('can be typed in any way, but not made up', () => {
    expect(keyOfTyped('6p58 ngzn')).toEqual({ shortCode: '6p58 ngzn' });
    expect(keyOfTyped('6P58-NGZN')).not.toBeNull();
    for (const typed of ['', '6p58', '6P58NGZ0', '6P58NGZN2', 'ööööööö8']) expect(keyOfTyped(typed)).toBeNull();
  });
  it('is shown in two groups while it is typed', () => {
    expect(spelled('6p58')).toBe('6P58');
    expect(spelled('6p58n')).toBe('6P58 N');
    expect(spelled(' 6p58-ngzn!extra')).toBe('6P58 NGZN');
  });
});

describe('the place in the address', () => {
  it('is read back as it was written; nonsense is the list', () => {
    const ticket = placeOf('#ticket-0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01');
    expect(ticket.at).toBe('ticket');
    expect(placeOf(hashOf(ticket))).toEqual(ticket);
    expect(placeOf(hashOf({ at: 'new' }))).toEqual({ at: 'new' });
    for (const hash of ['', '#tickets', '#ticket-', '#ticket-1', '#<script>']) expect(placeOf(hash).at).toBe('tickets');
  });
});
