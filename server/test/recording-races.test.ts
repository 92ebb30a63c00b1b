import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fileLimits } from '#contract/file/limits.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { foldRecordings, isUnderWay } from '#core/recording/index.ts';
import { closeWithoutFaults, openCase } from './harness/case.ts';
import { newRequestId } from './harness/client.ts';
import { addMember, type People } from './harness/organization.ts';
import { mediaFile, Taker } from './harness/recordings.ts';
import type { TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: string;
let bytes: Buffer;
beforeAll(async () => {
  bytes = await mediaFile('part-1.mp4');
  ({ server, people, ticketId } = await openCase());
});
afterAll(() => closeWithoutFaults(server));

let anna: Taker;
let jon: Taker;
let recordingId: string;
let partId: string;
beforeEach(async () => {
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  const { id } = await people.admin.get(sessions.createSessionInTicket, made);
  anna = await new Taker(people.admin, id).join();
  jon = new Taker(people.customer, id);
  [recordingId, partId] = [randomUUID(), randomUUID()];
});
const ROUNDS = [1, 2, 3, 4, 5];
const begun = async () => {
  await anna.begin(recordingId, partId);
  return (await anna.upload(partId)).to;
};

test.each(ROUNDS)('two starts at once: one recording (%i)', async () => {
  const other = new Taker(await addMember(people.admin, `Bea ${randomUUID().slice(0, 8)}`, 'admin'), anna.sessionId);
  await other.join();
  const both = await Promise.all([anna.start(recordingId), other.start(randomUUID())]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await anna.story()).filter((kind) => kind === 'recording-asked')).toHaveLength(1);
});

test.each(ROUNDS)('an answer against a stop: the log and the answers say the same (%i)', async () => {
  await jon.join();
  await anna.start(recordingId);
  const [answered, stopped] = await Promise.all([jon.answer(recordingId, 'no'), anna.stop(recordingId)]);
  const ends = (await anna.log()).filter(({ body }) => body.kind === 'recording-ended');
  expect(ends).toHaveLength(1);
  expect([answered.status, stopped.status].sort()).toEqual([200, 409]);
});

test.each(ROUNDS)('a withdrawal against the first bytes: nothing is recorded afterwards (%i)', async () => {
  await jon.join();
  await anna.start(recordingId);
  await jon.answer(recordingId, 'yes');
  const to = await begun();
  const [withdrawn] = await Promise.all([jon.withdraw(recordingId, true), anna.patch(to, 0, bytes.subarray(0, 9_000))]);
  expect(withdrawn.status).toBe(200);
  expect(await anna.patch(to, 9_000, bytes.subarray(9_000))).toBeGreaterThanOrEqual(404);
  const kinds = await anna.story();
  const end = kinds.indexOf('recording-ended');
  expect(kinds.slice(end + 1)).not.toContain('recording-began');
});

test.each(ROUNDS)('a newcomer against bytes: once they are in, none are taken (%i)', async () => {
  await anna.start(recordingId);
  const to = await begun();
  await anna.patch(to, 0, bytes.subarray(0, 5_000));
  const [, sent] = await Promise.all([jon.join(), anna.patch(to, 5_000, bytes.subarray(5_000, 6_000))]);
  const offset = sent === 204 ? 6_000 : 5_000;
  expect(await anna.patch(to, offset, bytes.subarray(offset))).toBe(409);
  const [one] = foldRecordings(await anna.log()).recordings;
  expect(one !== undefined && isUnderWay(one.state) && one.state).toBe('paused');
});

/** Sends these bytes of a part and says that more are to come; its status. */
function sendOn(to: string, offset: number, some: Uint8Array): Promise<number> {
  const sending = http.request(server.origin + to, {
    method: 'PATCH',
    headers: {
      cookie: people.admin.cookie,
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(bytes.length - offset),
    },
  });
  sending.write(some);
  return new Promise<number>((resolve, reject) => {
    sending.once('response', (response) => {
      resolve(response.resume().statusCode ?? 0);
      response.once('end', () => sending.destroy());
    });
    sending.once('error', reject);
  });
}
const nameOf = (to: string) => to.split('/').at(-1) ?? '';
const uploads = () => readdir(join(server.dataDir, 'uploads'));

test('bytes that are under way when a newcomer comes in are cut off', async () => {
  await anna.start(recordingId);
  const to = await begun();
  await anna.patch(to, 0, bytes.subarray(0, 5_000));
  const answered = sendOn(to, 5_000, bytes.subarray(5_000, 6_000));
  await jon.join();
  expect([204, 409]).toContain(await answered);
  await jon.answer(recordingId, 'yes');
  expect(await headOffset(to)).toBeLessThanOrEqual(6_000);
});

test('also the very first ones, and nothing is left of them when the newcomer says no', async () => {
  await anna.start(recordingId);
  const to = await begun();
  const answered = sendOn(to, 0, bytes.subarray(0, 5_000));
  await expect.poll(() => sizeOf(to), { timeout: 10_000 }).toBe(5_000);
  const cameIn = performance.now();
  await jon.join();
  expect(await answered).toBe(204);
  // By the coming in, not by the time that one part may take.
  expect(performance.now() - cameIn).toBeLessThan(recordingLimits.patchMs / 2);
  expect((await anna.facts()).state).toBe('asking');
  expect(await anna.patch(to, 5_000, bytes.subarray(5_000))).toBe(409);
  await jon.answer(recordingId, 'no');
  expect((await anna.facts()).state).toBe('declined');
  await expect.poll(uploads, { timeout: 10_000 }).not.toContain(nameOf(to));
  expect(await anna.patch(to, 5_000, bytes.subarray(5_000))).toBe(404);
});

test('and those of a recorder who was given up and has just come back', async () => {
  // The uploads of the tests before do not count as under way any more.
  server.clock.advance(fileLimits.uploadIdleMs + 1);
  await anna.start(recordingId);
  const to = await begun();
  await anna.patch(to, 0, bytes.subarray(0, 5_000));
  server.clock.advance(9_000);
  await anna.until('interrupted');
  // Past the time in which what was captured before may still come.
  server.clock.advance(30_000);
  const answered = sendOn(to, 5_000, bytes.subarray(5_000, 6_000));
  await expect.poll(() => sizeOf(to), { timeout: 10_000 }).toBe(6_000);
  const cameIn = performance.now();
  await jon.join();
  expect(await answered).toBe(204);
  expect(performance.now() - cameIn).toBeLessThan(recordingLimits.patchMs / 2);
});

const sizeOf = (to: string): Promise<number> =>
  stat(join(server.dataDir, 'uploads', nameOf(to))).then(({ size }) => size);

async function headOffset(to: string): Promise<number> {
  const headers = { cookie: people.admin.cookie, 'tus-resumable': '1.0.0' };
  const response = await fetch(server.origin + to, { method: 'HEAD', headers });
  return Number(response.headers.get('upload-offset'));
}
