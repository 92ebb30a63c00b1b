import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import { changePolicies, defaultPolicies } from '#contract/access/policies.ts';
import { UploadId } from '#contract/file/ids.ts';
import * as routes from '#contract/recording/http.ts';
import { RecordingPartId } from '#contract/recording/ids.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { upload } from '#server/features/file/tables.ts';
import { recordingPart } from '#server/features/recording/tables.ts';
import { session } from '#server/features/session/index.ts';
import { closeWithoutFaults, openCase } from './harness/case.ts';
import { type Client, newRequestId } from './harness/client.ts';
import { enterCode, makeCode, type People } from './harness/organization.ts';
import { mediaFile, Taker } from './harness/recordings.ts';
import type { TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: string;
beforeAll(async () => {
  ({ server, people, ticketId } = await openCase('Press 7 stands'));
});
afterAll(() => closeWithoutFaults(server));

const DAY_MS = 24 * 3_600_000;

/** A new server over the same database and folder; everybody asks that one. */
async function startAgain(): Promise<void> {
  server = await server.again();
  const { admin, coAdmin, expert, customer } = people;
  const at = (client: Client) => client.at(server.origin);
  people = { ...people, admin: at(admin), coAdmin: at(coAdmin), expert: at(expert), customer: at(customer) };
}

let anna: Taker;
let recordingId: string;
let partId: string;
beforeEach(async () => {
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  const { id } = await people.admin.get(sessions.createSessionInTicket, made);
  anna = await new Taker(people.admin, id).join();
  recordingId = randomUUID();
  partId = randomUUID();
});

/** Anna records alone; up to the end of the recording, with all its bytes. */
async function recorded(bytes?: Uint8Array): Promise<void> {
  await anna.start(recordingId);
  await anna.begin(recordingId, partId);
  const { to } = await anna.upload(partId);
  await anna.patch(to, 0, bytes ?? (await mediaFile('part-1.mp4')));
  await anna.stop(recordingId);
  await anna.finish(recordingId, partId);
}
const linkFor = (client: Client) => client.get(routes.linkRecording, { params: { recordingId } });
const fetchAs = (client: Client, path: string, range?: string) =>
  fetch(client.origin + path, { headers: { cookie: client.cookie, ...(range === undefined ? {} : { range }) } });
const listed = (query: Record<string, string> = {}) => people.admin.get(routes.listRecordings, { query });
const policies = (retentionDays: Partial<typeof defaultPolicies.retentionDays>) => {
  const whole = { ...defaultPolicies, retentionDays: { ...defaultPolicies.retentionDays, ...retentionDays } };
  return people.admin.get(changePolicies, { body: { requestId: newRequestId(), policies: whole } });
};

describe('A5 a link to a file', () => {
  test('serves it whole, in ranges, and for saving', async () => {
    await recorded();
    await anna.until('ready');
    const { watch, download } = await linkFor(people.customer);
    const whole = await fetchAs(people.customer, watch);
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(whole.headers.get('content-length')).toBe(String(bytes.length));
    const part = await fetchAs(people.customer, watch, 'bytes=100-199');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200));
    const headers = { cookie: people.customer.cookie, range: 'bytes=100-199', 'if-range': '"another"' };
    expect((await fetch(people.customer.origin + watch, { headers })).status).toBe(200);
    const head = await fetch(people.customer.origin + watch, {
      method: 'HEAD',
      headers: { cookie: people.customer.cookie },
    });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
    const past = await fetchAs(people.customer, watch, `bytes=${bytes.length}-`);
    expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    const saved = await fetchAs(people.customer, download, 'bytes=0-0');
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; filename="recording-.*\.mp4"$/);
  });

  test('is good for one person and some minutes; all else is not found alike', async () => {
    await recorded();
    await anna.until('ready');
    const { watch } = await linkFor(people.customer);
    const status = async (client: Client, path: string) => {
      const answer = await fetchAs(client, path);
      expect(await answer.text()).toBe('{"error":{"code":"not-found"}}');
      return answer.status;
    };
    const stranger = await enterCode(server.origin, await makeCode(people.admin, 'Oven 2'), 'Stan');
    const changed = new URL(watch, server.origin);
    changed.searchParams.set('until', String(Number(changed.searchParams.get('until')) + 60_000));
    const wrong = [
      [stranger, watch],
      [people.expert, watch],
      [people.customer, `${changed.pathname}${changed.search}`],
      [people.customer, watch.replace(recordingId, randomUUID())],
      [people.customer, watch.replace(/signature=[^&]*/, 'signature=')],
      [people.customer, watch.split('?')[0] ?? ''],
    ] as const;
    for (const [client, path] of wrong) expect(await status(client, path)).toBe(404);
    expect((await fetchAs(people.customer, watch, 'bytes=0-0')).status).toBe(206);
    await server.database.update(session).set({ visibility: 'internal' });
    expect(await status(people.customer, watch)).toBe(404);
    await server.database.update(session).set({ visibility: 'public' });
    server.clock.advance(recordingLimits.linkMs);
    expect(await status(people.customer, watch)).toBe(404);
  });

  test('ends with the code', async () => {
    await recorded();
    await anna.until('ready');
    const { watch } = await linkFor(people.customer);
    const params = { codeId: people.code.id };
    const set = (enabled: boolean) =>
      people.admin.get(access.updateCode, { params, body: { requestId: newRequestId(), enabled } });
    await set(false);
    expect((await fetchAs(people.customer, watch)).status).toBe(404);
    await set(true);
    expect((await fetchAs(people.customer, watch)).status).toBe(200);
  });
});

describe('B18 all recordings', () => {
  test('are found by subject, ticket and people, with what they add up to, and erased', async () => {
    // It is the newest.
    server.clock.advance(1_000);
    await recorded();
    await anna.until('ready');
    const all = await listed();
    expect(all.recordings[0]).toMatchObject({ id: recordingId, state: 'ready' });
    expect(all.recordings[0]?.ledger).toHaveLength(1);
    expect(all.total).toBeGreaterThan(0);
    for (const search of ['press 7', 'ada', '#1', '1']) {
      expect((await listed({ search })).recordings.map(({ id }) => id)).toContain(recordingId);
    }
    expect(await listed({ search: 'nobody%' })).toEqual({ recordings: [], total: 0, bytes: 0 });
    expect((await listed({ state: 'running' })).recordings).toEqual([]);
    const { bytes } = await listed({ state: 'ready' });
    const { watch } = await linkFor(people.admin);
    const erase = { params: { recordingId }, body: { requestId: newRequestId() } };
    expect((await people.admin.ask(routes.eraseRecording, erase)).status).toBe(200);
    expect((await fetchAs(people.admin, watch)).status).toBe(404);
    expect((await listed({ state: 'ready' })).bytes).toBeLessThan(bytes);
    expect((await anna.story()).at(-1)).toBe('recording-erased');
    const again = { params: { recordingId }, body: { requestId: newRequestId() } };
    expect((await people.admin.ask(routes.eraseRecording, again)).status).toBe(409);
  });
});

describe('C3 a server that is killed', () => {
  test('while it makes the file goes on after the next start', async () => {
    await recorded();
    await startAgain();
    const facts = await new Taker(people.admin, anna.sessionId).until('ready');
    expect(facts.durationMs).toBeGreaterThan(3_900);
  });

  test('while it records takes the rest after the next start', async () => {
    await anna.start(recordingId);
    await anna.begin(recordingId, partId);
    const { to } = await anna.upload(partId);
    const bytes = await mediaFile('part-1.mp4');
    await anna.patch(to, 0, bytes.subarray(0, 9_000));
    server.clock.advance(30_000);
    await startAgain();
    const again = new Taker(people.admin, anna.sessionId);
    expect((await again.facts()).state).toBe('recording');
    expect(await again.patch(to, 9_000, bytes.subarray(9_000))).toBe(204);
    await again.stop(recordingId);
    await again.finish(recordingId, partId);
    await again.until('ready');
  });
});

describe('what a killed server left', () => {
  test('of a recording whose file is made is gone after the next start', async () => {
    await recorded();
    await anna.until('ready');
    const inFolder = (name: string) => readdir(join(server.dataDir, name)).catch(() => []);
    await expect.poll(() => inFolder('uploads')).toEqual([]);
    // Killed between the fact and the removal of the part's upload, and in the middle of another file.
    const id = UploadId.parse(randomUUID());
    const at = { createdAt: server.clock.now(), lastByteAt: server.clock.now() };
    const metadata = { purpose: 'recording', sessionId: anna.sessionId, partId };
    const of = { owner: 'member:x', purpose: 'recording', metadata, sessionId: anna.sessionId, size: null };
    await server.database.insert(upload).values({ id, ...of, ...at });
    await writeFile(join(server.dataDir, 'uploads', id), 'x');
    await server.database
      .update(recordingPart)
      .set({ uploadId: id })
      .where(eq(recordingPart.id, RecordingPartId.parse(partId)));
    await mkdir(join(server.dataDir, 'making'), { recursive: true });
    await writeFile(join(server.dataDir, 'making', randomUUID()), 'x');
    await startAgain();
    await expect.poll(() => inFolder('uploads'), { timeout: 10_000 }).toEqual([]);
    expect(await server.database.select().from(upload)).toEqual([]);
    expect(await inFolder('making')).toEqual([]);
  });
});

describe('C10 retention', () => {
  test('erases recordings when their days since the session’s end are over; the log keeps a line', async () => {
    await policies({ recordings: 10 });
    await recorded();
    await anna.until('ready');
    const params = { sessionId: anna.sessionId };
    await people.admin.get(sessions.endSession, { params, body: { requestId: newRequestId() } });
    const kept = (await people.admin.get(routes.listSessionRecordings, { params })).recordings[0]?.keptUntil;
    expect(Date.parse(kept ?? '') - server.clock.now().getTime()).toBe(10 * DAY_MS);
    // Those who agreed were told 10 days: a longer time is not for this one.
    await policies({ recordings: 300 });
    server.clock.advance(11 * DAY_MS);
    await startAgain();
    const shown = async () => (await people.admin.get(routes.listSessionRecordings, { params })).recordings[0];
    await expect.poll(async () => (await shown())?.state, { timeout: 10_000 }).toBe('erased');
    expect((await new Taker(people.admin, anna.sessionId).story()).at(-1)).toBe('recording-erased');
    expect((await shown())?.ledger).toHaveLength(1);
  });
});
