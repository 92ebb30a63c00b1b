import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uploadsPath } from '#contract/file/upload.ts';
import * as routes from '#contract/recording/http.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { upload } from '#server/features/file/tables.ts';
import { closeWithoutFaults, openCase } from './harness/case.ts';
import { newRequestId } from './harness/client.ts';
import { addMember, type People } from './harness/organization.ts';
import { mediaFile, Taker } from './harness/recordings.ts';
import type { TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: string;
beforeAll(async () => {
  ({ server, people, ticketId } = await openCase());
});
afterAll(() => closeWithoutFaults(server));

let anna: Taker;
let jon: Taker;
let recordingId: string;
let partId: string;
let to: string;
/** Both have said yes, and the part's upload is made. */
beforeEach(async () => {
  anna = await new Taker(people.admin, await newSession()).join();
  jon = await new Taker(people.customer, anna.sessionId).join();
  [recordingId, partId] = [randomUUID(), randomUUID()];
  await anna.start(recordingId);
  await jon.answer(recordingId, 'yes');
  await anna.begin(recordingId, partId);
  to = (await anna.upload(partId)).to;
});

async function newSession() {
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  return (await people.admin.get(sessions.createSessionInTicket, made)).id;
}
const refusal = (status: number, code: string) => [status, `{"error":{"code":"${code}"}}`];
/** As `Taker.patch`, with the words of the answer. */
async function send(taker: Taker, offset: number, bytes: Uint8Array, more: Record<string, string> = {}) {
  const headers = {
    cookie: taker.client.cookie,
    'tus-resumable': '1.0.0',
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
    ...more,
  };
  const body = new Uint8Array(bytes);
  const response = await fetch(server.origin + to, { method: 'PATCH', headers, body });
  return { said: [response.status, await response.text()], offset: response.headers.get('upload-offset') };
}
const made = async (taker: Taker) => {
  const { answer } = await taker.upload(partId);
  return [answer.status, answer.text];
};
/** What is in the folders, and the uploads' rows. */
async function left() {
  const filesIn = async (name: string) => {
    const found = await readdir(join(server.dataDir, name), { recursive: true, withFileTypes: true }).catch(() => []);
    return found.filter((one) => one.isFile()).map((one) => one.name);
  };
  const rows = (await server.database.select().from(upload)).map(({ id }) => String(id));
  return { uploads: await filesIn('uploads'), rows, files: await filesIn('files'), making: await filesIn('making') };
}
const nothing = { uploads: [], rows: [], files: [], making: [] };
const idOf = (path: string) => path.slice(uploadsPath.length + 1);
async function end(): Promise<void> {
  await anna.stop(recordingId);
  await anna.finish(recordingId, partId);
}
const settled = (expected: object) => expect.poll(left, { timeout: 15_000 }).toEqual(expected);

afterEach(async () => {
  const body = { requestId: newRequestId() };
  await people.admin.ask(routes.eraseRecording, { params: { recordingId }, body });
  await settled(nothing);
});

describe('A5 bytes of a recording are refused', () => {
  test('of whoever is not in the session, is in another one, or does not record', async () => {
    const bytes = await mediaFile('part-1.mp4');
    const outside = new Taker(await addMember(people.admin, 'Bea', 'admin'), anna.sessionId);
    const elsewhere = await new Taker(outside.client, await newSession()).join();
    for (const one of [outside, elsewhere, jon]) {
      expect(await made(one)).toEqual(refusal(404, 'not-found'));
      expect((await send(one, 0, bytes)).said).toEqual(refusal(404, 'not-found'));
    }
    expect((await anna.facts()).state).toBe('agreed');
    await anna.patch(to, 0, bytes);
    await end();
    await anna.until('ready');
    await settled({ ...nothing, files: [recordingId] });
  });

  test('past the agreed size; more at once than may be is cut', async () => {
    const tooLong = { 'upload-length': String(recordingLimits.partBytes + 1) };
    expect((await send(anna, 0, await mediaFile('part-1.mp4'), tooLong)).said).toEqual(refusal(413, 'too-large'));
    const many = await send(anna, 0, new Uint8Array(recordingLimits.patchBytes + 1_000_000));
    expect(many.offset).toBe(String(recordingLimits.patchBytes));
    await end();
    await anna.until('failed');
    await settled(nothing);
  });

  test('after a yes was taken back, and what was there goes', async () => {
    const bytes = await mediaFile('part-1.mp4');
    await anna.patch(to, 0, bytes.subarray(0, 9_000));
    await jon.withdraw(recordingId, false);
    const [status, text] = (await send(anna, 9_000, bytes.subarray(9_000))).said;
    expect([refusal(409, 'not-in-this-state'), refusal(404, 'not-found')]).toContainEqual([status, text]);
    await settled(nothing);
    expect(await made(anna)).toEqual(refusal(409, 'not-in-this-state'));
    await settled(nothing);
  });

  test('after its end, and by a second upload of the same part', async () => {
    const bytes = await mediaFile('part-1.mp4');
    expect(await made(anna)).toEqual(refusal(409, 'not-in-this-state'));
    await anna.patch(to, 0, bytes);
    await end();
    await anna.until('ready');
    await settled({ ...nothing, files: [recordingId] });
    expect((await send(anna, bytes.length, bytes)).said).toEqual(refusal(404, 'not-found'));
    expect(await made(anna)).toEqual(refusal(409, 'not-in-this-state'));
    await settled({ ...nothing, files: [recordingId] });
  });
});

test('A5 a file that is no video leaves nothing', async () => {
  await anna.patch(to, 0, Buffer.from('%PDF-1.7 this is no video'));
  await end();
  await anna.until('failed');
  await settled(nothing);
});

test('A5 1,000 uploads of one part at once: one is there, the others are refused with a reason', async () => {
  const other = randomUUID();
  await anna.patch(to, 0, await mediaFile('part-1.mp4'));
  await anna.finish(recordingId, partId);
  await anna.begin(recordingId, other);
  const answers = await Promise.all(Array.from({ length: 1000 }, () => anna.upload(other)));
  const good = answers.filter(({ answer }) => answer.status === 201);
  expect(good).toHaveLength(1);
  const reasons = new Set(answers.filter((one) => !good.includes(one)).map(({ answer }) => answer.text));
  expect([...reasons].toSorted()).toEqual(['{"error":{"code":"not-in-this-state"}}', '{"error":{"code":"too-many"}}']);
  const ids = [idOf(to), idOf(good[0]?.to ?? '')].toSorted();
  const { uploads, rows } = await left();
  expect([uploads.toSorted(), rows.toSorted()]).toEqual([ids, ids]);
  await anna.stop(recordingId);
  await anna.finish(recordingId, other);
  await anna.until('ready');
  await settled({ ...nothing, files: [recordingId] });
}, 120_000);

test('A5 the same bytes twenty times at once are there once', async () => {
  const bytes = await mediaFile('part-1.mp4');
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(anna, 0, bytes)));
  expect(answers.filter(({ said: [status] }) => status === 204)).toHaveLength(1);
  for (const { said } of answers) expect([204, 409, 429, 503]).toContain(said[0]);
  await end();
  const facts = await anna.until('ready');
  expect(facts.durationMs).toBeGreaterThan(3_900);
});
