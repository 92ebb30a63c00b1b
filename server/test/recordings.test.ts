import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import { changePolicies, defaultPolicies } from '#contract/access/policies.ts';
import * as routes from '#contract/recording/http.ts';
import { RecordingId } from '#contract/recording/ids.ts';
import * as sessions from '#contract/session/http.ts';
import { recording } from '../src/features/recording/tables.ts';
import { closeWithoutFaults, openCase } from './harness/case.ts';
import { newRequestId } from './harness/client.ts';
import type { People } from './harness/organization.ts';
import { mediaFile, Taker } from './harness/recordings.ts';
import type { TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: string;
beforeAll(async () => {
  ({ server, people, ticketId } = await openCase());
});
afterAll(() => closeWithoutFaults(server));

let recordingId: string;
let partId: string;
let anna: Taker;
let jon: Taker;
beforeEach(async () => {
  await setPolicy({});
  recordingId = randomUUID();
  partId = randomUUID();
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  const { id } = await people.admin.get(sessions.createSessionInTicket, made);
  anna = await new Taker(people.admin, id).join();
  jon = new Taker(people.customer, id);
});

const setPolicy = (recording: Partial<typeof defaultPolicies.recording>) => {
  const policies = { ...defaultPolicies, recording: { ...defaultPolicies.recording, ...recording } };
  return people.admin.get(changePolicies, { body: { requestId: newRequestId(), policies } });
};
const codeOf = ({ json, status }: { json: unknown; status: number }) => {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : status;
};
/** Both have said yes, the part is begun and its upload made. */
async function agreed(): Promise<string> {
  await jon.join();
  expect((await anna.start(recordingId)).status).toBe(200);
  expect((await jon.answer(recordingId, 'yes')).status).toBe(200);
  return begun(anna, partId);
}
async function begun(taker: Taker, part: string): Promise<string> {
  expect((await taker.begin(recordingId, part)).status).toBe(200);
  const { answer, to } = await taker.upload(part);
  expect(answer.status).toBe(201);
  return to;
}
const recordingOf = async (taker: Taker) => {
  const params = { sessionId: taker.sessionId };
  const { recordings } = await taker.client.get(routes.listSessionRecordings, { params });
  const [first] = recordings;
  if (first === undefined) throw new Error('no recording is listed');
  return first;
};

describe('A5 consent', () => {
  test('everybody is asked, bytes come in after everybody’s yes, and the file can be watched', async () => {
    await jon.join();
    expect((await anna.start(recordingId)).status).toBe(200);
    expect(codeOf(await anna.begin(recordingId, partId))).toBe('not-in-this-state');
    expect((await anna.upload(partId)).answer.status).toBe(404);
    expect((await jon.answer(recordingId, 'yes')).status).toBe(200);
    expect(codeOf(await jon.answer(recordingId, 'no'))).toBe('not-in-this-state');
    const to = await begun(anna, partId);
    expect((await anna.facts()).state).toBe('agreed');
    const bytes = await mediaFile('part-1.mp4');
    expect(await anna.patch(to, 0, bytes.subarray(0, 9_000))).toBe(204);
    expect((await anna.facts()).state).toBe('recording');
    server.clock.advance(4_000);
    expect((await anna.stop(recordingId)).status).toBe(200);
    // What was captured before the end.
    expect(await anna.patch(to, 9_000, bytes.subarray(9_000))).toBe(204);
    expect((await anna.finish(recordingId, partId)).status).toBe(200);
    const facts = await anna.until('ready');
    expect(facts.durationMs).toBeGreaterThan(3_900);
    // Refused at once, and gone as soon as what the file was made of is taken away.
    const late = () => anna.patch(to, bytes.length, bytes);
    expect([404, 409]).toContain(await late());
    await expect.poll(late, { timeout: 10_000 }).toBe(404);
    expect(await anna.story()).toEqual([
      'recording-asked',
      'recording-answered',
      'recording-answered',
      'recording-began',
      'recording-ended',
      'recording-ready',
    ]);
    const shown = await recordingOf(anna);
    expect(shown).toMatchObject({
      state: 'ready',
      endedEarly: false,
      type: 'video/mp4',
    });
    expect([...shown.people].sort()).toEqual(['Ada Admin', 'Rafael']);
    expect(shown.stretches).toHaveLength(1);
    expect(shown.ledger.map(({ answer, wording }) => [answer, wording?.version, wording?.text.split('\n')[0]])).toEqual(
      [
        ['yes', 2, 'May Ada Admin record this session?'],
        ['yes', 2, 'May Ada Admin record this session?'],
      ],
    );
    expect((await recordingOf(jon)).ledger).toEqual([]);
  });

  test('one no: no recording', async () => {
    await jon.join();
    await anna.start(recordingId);
    expect((await jon.answer(recordingId, 'no')).status).toBe(200);
    expect((await anna.facts()).state).toBe('declined');
    expect(codeOf(await anna.begin(recordingId, partId))).toBe('not-in-this-state');
    // Another try asks anew.
    expect((await anna.start(randomUUID())).status).toBe(200);
  });

  test('a newcomer pauses it in the moment they come in; their yes lets it go on', async () => {
    expect((await anna.start(recordingId)).status).toBe(200);
    const to = await begun(anna, partId);
    const bytes = await mediaFile('part-1.mp4');
    expect(await anna.patch(to, 0, bytes.subarray(0, 5_000))).toBe(204);
    await jon.join();
    expect((await anna.facts()).state).toBe('paused');
    expect(await anna.patch(to, 5_000, bytes.subarray(5_000))).toBe(409);
    // Its page may go on to ask, and knows where to go on.
    expect(await anna.offset(to)).toBe(5_000);
    server.clock.advance(30_000);
    await jon.answer(recordingId, 'yes');
    expect((await anna.facts()).state).toBe('recording');
    expect(await anna.patch(to, 5_000, bytes.subarray(5_000))).toBe(204);
  });

  test('a newcomer’s no ends it, and what was recorded before is kept', async () => {
    await anna.start(recordingId);
    const to = await begun(anna, partId);
    const bytes = await mediaFile('part-1.mp4');
    await anna.patch(to, 0, bytes);
    await jon.join();
    await jon.answer(recordingId, 'no');
    expect((await anna.facts()).ended).toMatchObject({ why: 'declined', early: false });
    await anna.finish(recordingId, partId);
    await anna.until('ready');
  });

  test('a newcomer who leaves without an answer lets it go on', async () => {
    await anna.start(recordingId);
    const to = await begun(anna, partId);
    await anna.patch(to, 0, (await mediaFile('part-1.mp4')).subarray(0, 5_000));
    await jon.join();
    await jon.leave();
    expect((await anna.facts()).state).toBe('recording');
  });

  test('or the newcomer is left out, and may say no without ending it', async () => {
    await setPolicy({ lateJoiner: 'leave-out' });
    await anna.start(recordingId);
    const to = await begun(anna, partId);
    const bytes = await mediaFile('part-1.mp4');
    await anna.patch(to, 0, bytes.subarray(0, 5_000));
    await jon.join();
    await jon.answer(recordingId, 'no');
    expect((await anna.facts()).state).toBe('recording');
    expect(await anna.patch(to, 5_000, bytes.subarray(5_000))).toBe(204);
  });

  test('with the policy off everybody is told, and the ledger says so', async () => {
    await setPolicy({ consent: false });
    await anna.start(recordingId);
    await begun(anna, partId);
    await jon.join();
    expect(codeOf(await jon.answer(recordingId, 'no'))).toBe('not-in-this-state');
    const { ledger } = await recordingOf(anna);
    expect(ledger.map(({ person, wording }) => [person.kind, wording])).toEqual([
      ['member', null],
      ['codeUser', null],
    ]);
  });
});

describe('A5 a yes is taken back', () => {
  test.each([true, false])('nothing more comes in, and what exists stays or goes (keep %s)', async (keep) => {
    const to = await agreed();
    const bytes = await mediaFile('part-1.mp4');
    await anna.patch(to, 0, bytes.subarray(0, 9_000));
    expect((await jon.withdraw(recordingId, keep)).status).toBe(200);
    expect(await anna.patch(to, 9_000, bytes.subarray(9_000))).toBeGreaterThanOrEqual(404);
    await anna.until(keep ? 'ready' : 'erased');
    // Who kept it may still have it erased, once; the ledger has one line of it.
    expect(codeOf(await jon.withdraw(recordingId, true))).toBe('not-in-this-state');
    expect((await jon.withdraw(recordingId, false)).status).toBe(keep ? 200 : 409);
    expect((await anna.facts()).state).toBe('erased');
    expect(codeOf(await jon.withdraw(recordingId, false))).toBe('not-in-this-state');
    expect((await recordingOf(anna)).ledger.map(({ answer }) => answer)).toEqual(['yes', 'yes', 'withdrawn']);
  });

  test('also after it has ended', async () => {
    const to = await agreed();
    await anna.patch(to, 0, await mediaFile('part-1.mp4'));
    await anna.stop(recordingId);
    await anna.finish(recordingId, partId);
    await anna.until('ready');
    const link = await jon.client.get(routes.linkRecording, { params: { recordingId } });
    expect((await jon.client.send('GET', link.watch)).status).toBe(200);
    expect((await jon.withdraw(recordingId, false)).status).toBe(200);
    expect((await jon.client.send('GET', link.watch)).status).toBe(404);
    expect((await recordingOf(anna)).ledger.map(({ answer }) => answer)).toEqual(['yes', 'yes', 'withdrawn']);
  });
});

describe('B7 who records', () => {
  test('admins, and whom an admin granted it', async () => {
    const expert = new Taker(people.expert, anna.sessionId);
    await expert.join();
    expect(codeOf(await expert.start(recordingId))).toBe('not-allowed');
    const { members } = await people.admin.get(access.listMembers);
    const memberId = members.find(({ name }) => name === 'Nora Expert')?.id ?? '';
    const grant = (mayRecord: boolean) =>
      people.admin.get(access.updateMember, { params: { memberId }, body: { requestId: newRequestId(), mayRecord } });
    await grant(true);
    expect((await expert.start(recordingId)).status).toBe(200);
    await grant(false);
    expect(codeOf(await expert.stop(recordingId))).toBe('not-allowed');
    expect((await anna.stop(recordingId)).status).toBe(200);
    expect((await anna.facts()).state).toBe('declined');
  });

  test('when the recorder leaves, another carries on, and the parts become one file', async () => {
    const first = await agreed();
    await anna.patch(first, 0, (await mediaFile('part-1.mp4')).subarray(0, 8_000));
    await anna.leave();
    expect((await jon.log().then(() => jon.facts())).state).toBe('interrupted');
    const carl = await new Taker(people.admin, anna.sessionId).join();
    const second = randomUUID();
    expect(codeOf(await carl.begin(recordingId, second, 'video/webm'))).toBe('wrong-content-type');
    const to = await begun(carl, second);
    await carl.patch(to, 0, await mediaFile('part-2.mp4'));
    expect((await jon.facts()).state).toBe('recording');
    await carl.stop(recordingId);
    await carl.finish(recordingId, second);
    const facts = await carl.until('ready');
    expect(facts.durationMs).toBeGreaterThan(4_000);
    expect((await recordingOf(carl)).stretches.length).toBe(2);
  });

  test('a recorder who is silent is given up, and after a minute the recording ends early', async () => {
    const to = await agreed();
    const bytes = await mediaFile('part-1.mp4');
    await anna.patch(to, 0, bytes.subarray(0, 8_001));
    server.clock.advance(9_000);
    expect((await anna.until('interrupted')).interrupted).toMatchObject({ byLoss: true });
    server.clock.advance(61_000);
    const facts = await anna.until('ready');
    expect(facts.ended).toMatchObject({ why: 'recorder-lost', early: true });
    expect(await recordingOf(anna)).toMatchObject({ endedEarly: true });
  });

  test('a recorder who has nothing to send, but asks, is not given up', async () => {
    const to = await agreed();
    await anna.patch(to, 0, (await mediaFile('part-1.mp4')).subarray(0, 8_001));
    server.clock.advance(7_000);
    expect(await anna.offset(to)).toBe(8_001);
    server.clock.advance(7_000);
    expect(await anna.offset(to)).toBe(8_001);
    expect((await anna.facts()).state).toBe('recording');
    await anna.stop(recordingId);
    await anna.finish(recordingId, partId);
    expect(await anna.offset(to)).toBe(null);
  });

  test('one who was only cut off goes on where they were', async () => {
    const to = await agreed();
    const bytes = await mediaFile('part-1.mp4');
    await anna.patch(to, 0, bytes.subarray(0, 8_001));
    server.clock.advance(9_000);
    await anna.until('interrupted');
    expect(await anna.patch(to, 8_001, bytes.subarray(8_001))).toBe(204);
    expect(await anna.facts()).toMatchObject({ state: 'recording', recorded: [{ until: null }] });
  });

  test('a file that is no video fails', async () => {
    const to = await agreed();
    await anna.patch(to, 0, Buffer.from('#!/bin/sh\necho no video at all\n'));
    await anna.stop(recordingId);
    await anna.finish(recordingId, partId);
    await anna.until('failed');
  });

  test('a file that could not be made for a while is tried again', async () => {
    const to = await agreed();
    await anna.patch(to, 0, await mediaFile('part-1.mp4'));
    const finishAskedAt = server.clock.now();
    await server.database
      .update(recording)
      .set({ finishAskedAt })
      .where(eq(recording.id, RecordingId.parse(recordingId)));
    await anna.stop(recordingId);
    await anna.finish(recordingId, partId);
    expect((await anna.facts()).state).toBe('finishing');
    server.clock.advance(31 * 60_000);
    await anna.until('ready');
  });

  test('its recorder cannot take away what is recorded', async () => {
    const to = await agreed();
    await anna.patch(to, 0, await mediaFile('part-1.mp4'));
    const headers = { cookie: people.admin.cookie, 'tus-resumable': '1.0.0' };
    expect((await fetch(server.origin + to, { method: 'DELETE', headers })).status).toBe(403);
    await anna.stop(recordingId);
    await anna.finish(recordingId, partId);
    await anna.until('ready');
  });

  test('the end of the session ends it', async () => {
    const to = await agreed();
    await anna.patch(to, 0, await mediaFile('part-1.mp4'));
    await people.admin.get(sessions.endSession, {
      params: { sessionId: anna.sessionId },
      body: { requestId: newRequestId() },
    });
    expect((await anna.facts()).ended).toMatchObject({ why: 'session-ended', early: false });
    server.clock.advance(9_000);
    await anna.until('ready');
  });
});
