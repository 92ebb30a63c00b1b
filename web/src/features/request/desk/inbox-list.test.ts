import { expect, it } from 'vitest';
import { InboxItem } from '#contract/request/http.ts';
import { hours, request } from '../fixtures.ts';
import { asker, inboxIdOf, shownItem, steppedAt, subjectOf } from './inbox-list.ts';

const id = (n: number) => `0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7d0${n}`;
const waits = { waitingSince: hours(-1), code: null, history: [] };
const asked = (n: number) =>
  InboxItem.parse({ kind: 'request', ...waits, request: request({ sessionId: id(n), subject: `No. ${n}` }) });
const message = InboxItem.parse({
  kind: 'message',
  ...waits,
  ticket: { id: id(9), number: 4, subject: 'Oil' },
  by: 'Rafael',
  text: 'It drips',
});

it('A11 requests and messages stand in one list, each under its own address', () => {
  expect([asked(1), message].map(inboxIdOf)).toEqual([id(1), id(9)]);
  expect([asked(1), message].map(subjectOf)).toEqual(['No. 1', 'Oil']);
  expect([asked(1), message].map(asker)).toEqual(['Rafael', 'Rafael']);
});

it('A11 what was answered makes room for the next', () => {
  const items = [asked(1), asked(2), message];
  expect(shownItem(items, id(2), 0)).toBe(1);
  expect(shownItem(items, null, 0)).toBe(0);
  expect(shownItem([asked(1), message], id(2), 1)).toBe(1);
  expect(shownItem([asked(1)], id(9), 2)).toBe(0);
  expect(shownItem([], null, 0)).toBe(-1);
});

it('A11 the arrows stop at the ends', () => {
  expect([steppedAt(0, 1, 3), steppedAt(2, 1, 3), steppedAt(0, -1, 3)]).toEqual([1, 2, 0]);
});
