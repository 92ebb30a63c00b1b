import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as files from '#contract/file/http.ts';
import type { SessionId } from '#contract/ids.ts';
import * as recordings from '#contract/recording/http.ts';
import * as sessions from '#contract/session/http.ts';
import { setVisibility, type Visibility } from '#contract/session/visibility.ts';
import { closeWithoutFaults, openCase } from './harness/case.ts';
import { type Client, newRequestId } from './harness/client.ts';
import type { People } from './harness/organization.ts';
import { mediaFile, Taker } from './harness/recordings.ts';
import { addVersion, screenshotFile, takeScreenshot } from './harness/screenshots.ts';
import type { TestServer } from './harness/server.ts';

/* A4 against downloads: whichever comes first, there is one truth at the end, and nothing goes on being sent. */

const ROUNDS = 200;
/** Larger than what the ways between may hold. */
const LONG = 48 * 1024 * 1024;
const GONE = '{"error":{"code":"not-found"}}';

let server: TestServer;
let people: People;
let ticketId: string;
let sessionId: SessionId;
const [recordingId, partId] = [randomUUID(), randomUUID()];
let paths: { readonly recording: string; readonly screenshot: string; readonly archive: string };
beforeAll(async () => {
  ({ server, people, ticketId } = await openCase());
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  ({ id: sessionId } = await people.admin.get(sessions.createSessionInTicket, made));
  const anna = await new Taker(people.admin, sessionId).join();
  const { you } = await people.admin.get(sessions.readSession, { params: { sessionId } });
  const screenshotId = await takeScreenshot(people.admin, sessionId, you.participantId ?? '');
  await addVersion(people.admin, sessionId, screenshotId);
  await anna.start(recordingId);
  await anna.begin(recordingId, partId);
  const { to } = await anna.upload(partId);
  await anna.patch(to, 0, await mediaFile('part-1.mp4'));
  await anna.stop(recordingId);
  await anna.finish(recordingId, partId);
  await anna.until('ready');
  const { watch } = await people.customer.get(recordings.linkRecording, { params: { recordingId } });
  paths = {
    recording: watch,
    screenshot: screenshotFile(sessionId, screenshotId, 1, 'picture'),
    archive: files.screenshotsArchivePath.replace(':sessionId', sessionId),
  };
});
afterAll(() => closeWithoutFaults(server));

const show = (to: Visibility) =>
  people.expert.get(setVisibility, { params: { sessionId }, body: { requestId: newRequestId(), to } });

/** Begins so many turns of the event loop later, so that the one meets the other at every point of its way. */
async function later<T>(turns: number, run: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return run();
}

/** `whole`, `gone`, or `cut`. */
async function download(client: Client, path: string): Promise<string> {
  try {
    const response = await fetch(client.origin + path, { headers: { cookie: client.cookie, 'sightglass-as': 'code' } });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status === 200) return 'whole';
    return response.status === 404 && bytes.toString() === GONE ? 'gone' : `${response.status} ${bytes.toString()}`;
  } catch {
    return 'cut';
  }
}

describe.each(['recording', 'screenshot', 'archive'] as const)('hidden while a %s is asked for', (what) => {
  test(`${ROUNDS} rounds: what is asked for afterwards is gone, and what is shown again is whole`, async () => {
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const path = paths[what];
      const hidden = later(round % 10, () => show('internal'));
      const asked = [0, 3, 6].map((turns) => later(turns, () => download(people.customer, path)));
      for (const end of await Promise.all(asked)) {
        expect(['whole', 'gone', 'cut']).toContain(end);
        seen.add(end);
      }
      await hidden;
      expect(await download(people.customer, path)).toBe('gone');
      await show('public');
      expect(await download(people.customer, path)).toBe('whole');
    }
    expect(seen.size).toBeGreaterThan(1);
  }, 300_000);
});

test(`hidden while somebody comes in: they are in it, or there is nothing for them (${ROUNDS} rounds)`, async () => {
  const seen = new Set<number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const made = { params: { ticketId }, body: { requestId: newRequestId() } };
    const params = { sessionId: (await people.admin.get(sessions.createSessionInTicket, made)).id };
    const hide = { params, body: { requestId: newRequestId(), to: 'internal' } };
    const hidden = later(round % 12, () => people.expert.get(setVisibility, hide));
    const body = { requestId: newRequestId(), tabId: randomUUID() };
    const joined = await later(6, () => people.customer.ask(sessions.joinSession, { params, body }));
    await hidden;
    seen.add(joined.status);
    const { participants } = await people.expert.get(sessions.readSession, { params });
    const isIn = participants.length === 1;
    const read = await people.customer.ask(sessions.readSession, { params });
    const log = await people.customer.ask(sessions.sessionEvents, { params });
    expect([read.status, log.status]).toEqual(isIn ? [200, 200] : [404, 404]);
    // In, and then hidden before the answer was put together: the answer is what they see now, as they are in.
    expect(joined.status).toBe(isIn ? 200 : 404);
  }
  expect([...seen].sort()).toEqual([200, 404]);
}, 300_000);

/** Asks for a file and reads nothing of it until `go`; how many bytes came, and whether they came to an end. */
async function slowly(client: Client, path: string): Promise<() => Promise<{ bytes: number; isWhole: boolean }>> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const headers = { cookie: client.cookie };
  http.get(client.origin + path, { headers, agent: false }, resolve).on('error', reject);
  const response = await promise;
  expect(response.statusCode).toBe(200);
  return async () => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    const isWhole = await new Promise<boolean>((done) => {
      response.on('end', () => done(response.complete));
      response.on('error', () => done(false));
      response.on('aborted', () => done(false));
    });
    return { bytes, isWhole };
  };
}

test('what is on its way is cut off for the customer, and goes on for an employee', async () => {
  const { watch } = await people.expert.get(recordings.linkRecording, { params: { recordingId } });
  await writeFile(join(server.dataDir, 'files', 'recordings', sessionId, recordingId), Buffer.alloc(LONG));
  const theirs = await slowly(people.customer, paths.recording);
  const ours = await slowly(people.expert, watch);
  await show('internal');
  const [cut, whole] = await Promise.all([theirs(), ours()]);
  expect(cut.isWhole).toBe(false);
  expect(cut.bytes).toBeLessThan(LONG);
  expect(whole).toEqual({ bytes: LONG, isWhole: true });
  await show('public');
});
