import { afterEach, beforeEach, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { CodeId, SessionId } from '#contract/ids.ts';
import type { Ask } from '#web/http/client.ts';
import { type FakeConnection, fakeConnection, settle } from '../../../test/fake-connection.ts';
import { fakeStorage } from '../../../test/fake-storage.ts';
import { openCodeRequests } from './code-requests.ts';
import { codeId, request } from './fixtures.ts';

const id = (n: number) => `0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7d0${n}`;
let end: AbortController;
let connection: FakeConnection;
let answer: Outcome<unknown>;
const storage = fakeStorage();
const ask = (async () => answer) as unknown as Ask;
const open = () => openCodeRequests(end.signal, { ask, connection, codeId: CodeId.parse(codeId), storage });

beforeEach(() => {
  storage.clear();
  end = new AbortController();
  connection = fakeConnection();
  answer = accepted({
    requests: [
      request({ sessionId: id(1), status: 'declined' }),
      request({ sessionId: id(2), status: 'ended' }),
      request({ sessionId: id(3) }),
    ],
  });
});
afterEach(() => end.abort());

it('A11 shows what waits before what is over, and leaves the sessions’ own cards alone', async () => {
  const requests = open();
  await settle();
  expect(requests.get().map(({ sessionId }) => sessionId)).toEqual([id(3), id(1)]);
});

it('A11 follows what is told, and keeps what it has through trouble', async () => {
  const requests = open();
  await settle();
  answer = accepted({ requests: [request({ sessionId: id(3), status: 'scheduled' })] });
  connection.tell('session-changed', {});
  await settle();
  expect(requests.get().map(({ status }) => status)).toEqual(['scheduled']);
  answer = refused('unavailable');
  requests.refresh();
  await settle();
  expect(requests.get()).toHaveLength(1);
});

it('A11 what one has hidden stays hidden on this device; a newer description is shown at once', async () => {
  const requests = open();
  await settle();
  requests.hide(request({ sessionId: id(1), status: 'declined' }));
  expect(requests.get().map(({ sessionId }) => sessionId)).toEqual([id(3)]);
  const again = open();
  await settle();
  expect(again.get().map(({ sessionId }) => sessionId)).toEqual([id(3)]);
  again.adopt(request({ sessionId: SessionId.parse(id(3)), status: 'scheduled' }));
  expect(again.get()[0]?.status).toBe('scheduled');
});
