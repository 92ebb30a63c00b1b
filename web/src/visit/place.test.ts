import { expect, it } from 'vitest';
import { hashOf, type Place, placeOf } from './place.ts';

it('every place of the code’s page has an address, and an address that makes no sense is the list', () => {
  const id = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a03';
  const hashes = [
    '#tickets',
    '#new',
    '#session',
    `#session-${id}`,
    `#session-again-${id}`,
    `#session-${id}-again-${id}`,
    `#ticket-${id}`,
  ];
  const places = hashes.map(placeOf);
  expect(places.map(({ at }) => at)).toEqual(['tickets', 'new', 'session', 'session', 'session', 'session', 'ticket']);
  expect(places.map((place: Place) => hashOf(place))).toEqual(hashes);
  for (const hash of ['', '#session-x', '#ticket-', '#other']) expect(placeOf(hash)).toEqual({ at: 'tickets' });
});
