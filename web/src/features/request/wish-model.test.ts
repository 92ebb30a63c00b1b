import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { CodeId } from '#contract/ids.ts';
import type { SessionRequest } from '#contract/request/http.ts';
import type { Route } from '#contract/route.ts';
import type { Ask } from '#web/http/client.ts';
import { type FakeConnection, fakeConnection, settle } from '../../../test/fake-connection.ts';
import { fakeStorage } from '../../../test/fake-storage.ts';
import { codeId, now, request } from './fixtures.ts';
import { emptyWish, openWish, troublesOf } from './wish-model.ts';

describe('A11 asking for a session', () => {
  let end: AbortController;
  let connection: FakeConnection;
  let storage: Storage;
  let answer: Outcome<unknown>;
  let bodies: { requestId: string; subject: string; wishedAt: string | null }[];
  let made: SessionRequest[];
  const ask = (async (_route: Route, parts: { body: (typeof bodies)[number] }) => {
    bodies.push(parts.body);
    await Promise.resolve();
    return answer;
  }) as unknown as Ask;
  const open = () =>
    openWish(end.signal, {
      ask,
      connection,
      place: { code: CodeId.parse(codeId) },
      storage,
      owner: 'device',
      now: () => now.getTime(),
      onMade: (one) => made.push(one),
    });

  beforeEach(() => {
    end = new AbortController();
    connection = fakeConnection();
    storage = fakeStorage();
    answer = accepted(request());
    bodies = [];
    made = [];
  });
  afterEach(() => end.abort());

  it('is sent once it is right, and forgotten on the device then', async () => {
    const wish = open();
    expect(await wish.send()).toBeNull();
    expect(wish.get().troubles).toEqual({ subject: 'missing' });
    expect(bodies).toEqual([]);
    wish.change({ subject: 'Pump', when: '2026-11-21T09:00' });
    expect(wish.get().troubles).toEqual({});
    expect(await wish.send()).toMatchObject({ subject: 'Pump is leaking' });
    expect(bodies[0]).toMatchObject({ place: { code: codeId }, subject: 'Pump' });
    expect(bodies[0]?.wishedAt).toBe(new Date(2026, 10, 21, 9).toISOString());
    expect(made).toHaveLength(1);
    expect(storage.length).toBe(0);
  });

  it('C3 without a connection it waits, outlives a reload and goes out once, with the same id', async () => {
    const before = open();
    before.change({ subject: 'Pump' });
    answer = refused('unavailable');
    await before.send();
    expect(before.get().state).toBe('waiting');
    end.abort();
    end = new AbortController();
    connection = fakeConnection();
    connection.setState('offline');
    answer = accepted(request());
    const after = open();
    expect(after.get()).toMatchObject({ state: 'waiting', wish: { subject: 'Pump' } });
    connection.setState('connected');
    await settle();
    expect(made).toHaveLength(1);
    expect(new Set(bodies.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('what was typed outlives a reload; another text is another wish', async () => {
    open().change({ subject: 'Half a sent', email: 'r@example.org' });
    const wish = open();
    expect(wish.get()).toMatchObject({ state: 'writing', wish: { subject: 'Half a sent', email: 'r@example.org' } });
    answer = refused('failed');
    await wish.send();
    await wish.send();
    wish.change({ subject: 'Another' });
    await wish.send();
    const ids = bodies.map(({ requestId }) => requestId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('a refusal is said, and the form stays', async () => {
    const wish = open();
    wish.change({ subject: 'Pump' });
    answer = refused('too-many');
    expect(await wish.send()).toBeNull();
    expect(wish.get()).toMatchObject({ state: 'writing', refusal: { code: 'too-many' } });
  });

  it('finds what is wrong', () => {
    const wrong = { subject: 'a\nb', words: 'x'.repeat(4_003), when: '2026-11-20T09:59', email: 'no' };
    expect(troublesOf(wrong, now.getTime())).toEqual({
      subject: 'signs',
      words: { over: 3 },
      when: 'past',
      email: 'wrong',
    });
    expect(troublesOf({ ...emptyWish, subject: 'ok', email: 'r@example.org' }, now.getTime())).toEqual({});
  });
});
