import { beforeEach, describe, expect, it } from 'vitest';
import '../../i18n.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { Route } from '#contract/route.ts';
import type { Ask } from '#web/http/client.ts';
import { createRequestDeeds } from './deeds.ts';
import { request, sessionId } from './fixtures.ts';

const id = SessionId.parse(sessionId);

describe('A11 the answers to a request', () => {
  let answer: Outcome<unknown>;
  let asked: { path: string; requestId: string }[];
  const ask = (async (route: Route, parts: { body: { requestId: string } }) => {
    asked.push({ path: route.path, requestId: parts.body.requestId });
    await Promise.resolve();
    return answer;
  }) as unknown as Ask;
  beforeEach(() => {
    answer = accepted({ result: 'done', by: 'Nora Lind', request: request({ status: 'accepted' }) });
    asked = [];
  });

  it('does one at a time, and says nothing when it has worked', async () => {
    const deeds = createRequestDeeds(ask);
    const first = deeds.run(id, { kind: 'accept' });
    expect(deeds.state.get().busy).toEqual({ kind: 'accept' });
    expect(await deeds.run(id, { kind: 'decline', words: '' })).toBeNull();
    expect(await first).toMatchObject({ result: 'done', request: { status: 'accepted' } });
    expect(deeds.state.get()).toEqual({ busy: null, trouble: null });
    expect(asked).toHaveLength(1);
  });

  it('names the colleague who was first', async () => {
    answer = accepted({ result: 'taken', by: 'Carl Berg', request: request({ status: 'accepted' }) });
    const deeds = createRequestDeeds(ask);
    expect(await deeds.run(id, { kind: 'accept' })).toMatchObject({ result: 'taken', by: 'Carl Berg' });
    expect(deeds.state.get().trouble).toBe('Carl Berg was first and has this request now.');
    deeds.forget();
    expect(deeds.state.get().trouble).toBeNull();
  });

  it('repeats the same request after trouble on the way, and makes a new one for another deed', async () => {
    const deeds = createRequestDeeds(ask);
    answer = refused('unavailable');
    await deeds.run(id, { kind: 'accept' });
    await deeds.run(id, { kind: 'accept' });
    answer = refused('not-in-this-state');
    await deeds.run(id, { kind: 'decline', words: 'no' });
    await deeds.run(id, { kind: 'decline', words: 'no' });
    const ids = asked.map(({ requestId }) => requestId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(deeds.state.get().trouble).toMatch(/not possible any more/);
  });

  it('each has its way', async () => {
    const deeds = createRequestDeeds(ask);
    await deeds.run(id, { kind: 'propose', times: ['2026-11-21T09:00:00.000Z'], words: '' });
    await deeds.run(id, { kind: 'agree', at: '2026-11-21T09:00:00.000Z' });
    answer = accepted(request({ status: 'cancelled' }));
    expect(await deeds.run(id, { kind: 'withdraw' })).toMatchObject({ request: { status: 'cancelled' } });
    expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual(['times', 'time', 'withdraw']);
  });
});
