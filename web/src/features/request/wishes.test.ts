import { expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { CodeId, TicketId } from '#contract/ids.ts';
import type { Ask } from '#web/http/client.ts';
import { fakeConnection, settle } from '../../../test/fake-connection.ts';
import { fakeStorage } from '../../../test/fake-storage.ts';
import { codeId, now, request } from './fixtures.ts';
import { openWishes } from './wishes.ts';

it('A11 C3 a wish that waits goes out from any part of the page, also after a reload; the next begins empty', async () => {
  const storage = fakeStorage();
  let answer: Outcome<unknown> = refused('unavailable');
  const made: string[] = [];
  const ask = (async () => answer) as unknown as Ask;
  const parts = { ask, storage, owner: 'device', now: () => now.getTime() };
  const onMade = ({ subject }: { subject: string }) => made.push(subject);
  const place = { code: CodeId.parse(codeId) };

  const first = new AbortController();
  const before = openWishes(first.signal, { ...parts, connection: fakeConnection(), onMade });
  before.of(place).change({ subject: 'Pump' });
  before.of({ ticket: TicketId.parse(codeId) });
  expect(before.onTheirWay.get()).toEqual([]);
  await before.of(place).send();
  expect(before.onTheirWay.get()).toEqual(['Pump']);
  first.abort();

  const connection = fakeConnection();
  connection.setState('offline');
  answer = accepted(request());
  const after = openWishes(new AbortController().signal, { ...parts, connection, onMade });
  expect(after.onTheirWay.get()).toEqual(['Pump']);
  connection.setState('connected');
  await settle();
  expect(made).toEqual(['Pump is leaking']);
  expect(after.onTheirWay.get()).toEqual([]);
  expect(after.of(place).get().wish.subject).toBe('');
});
