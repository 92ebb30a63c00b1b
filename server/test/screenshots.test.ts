import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join as pathIn } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changePolicies, defaultPolicies } from '#contract/access/policies.ts';
import * as files from '#contract/file/http.ts';
import { fileLimits } from '#contract/file/limits.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { type Client, newRequestId } from './harness/client.ts';
import { gather, type People } from './harness/organization.ts';
import { drawingOn, pictureAt, putPicture, webp } from './harness/pictures.ts';
import {
  addVersion,
  giveUp,
  makeUpload,
  screenshotFile,
  takeScreenshot,
  uploadFile,
  uploadVersion,
} from './harness/screenshots.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: TicketId;
let sessionId: SessionId;
let expertId: string;

const join = async (client: Client) => {
  const body = { requestId: newRequestId(), tabId: randomUUID() };
  const { you } = await client.get(sessions.joinSession, { params: { sessionId }, body });
  return you.participantId ?? '';
};
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  const body = { requestId: newRequestId(), subject: 'Öl/"leak"', code: people.code.id };
  ticketId = (await people.customer.get(tickets.openTicket, { body })).id;
});
beforeEach(async () => {
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  sessionId = (await people.expert.get(sessions.createSessionInTicket, made)).id;
  expertId = await join(people.expert);
  await join(people.customer);
});
afterAll(() => closeWithoutFaults(server));

const refusal = (status: number, code: string, field?: string) => ({
  status,
  json: { error: { code, ...(field === undefined ? {} : { field }) } },
});
const NOT_FOUND = '{"error":{"code":"not-found"}}';
const take = (client: Client = people.expert) => takeScreenshot(client, sessionId, expertId);
const add = (client: Client, id: string, wish: Readonly<Record<string, unknown>> = {}) =>
  addVersion(client, sessionId, id, wish);
const list = async (client: Client) => (await client.get(files.listScreenshots, { params: { sessionId } })).screenshots;
const get = (client: Client, id: string, version: number | string, file: string, query = '') =>
  client.send('GET', screenshotFile(sessionId, id, version, file) + query);
const zip = (client: Client) => client.send('GET', files.screenshotsArchivePath.replace(':sessionId', sessionId));
const erase = (client: Client, id: string) =>
  client.ask(files.eraseScreenshot, { params: { sessionId, screenshotId: id }, body: { requestId: newRequestId() } });
const log = async () => {
  const { events } = await people.customer.get(sessions.sessionEvents, { params: { sessionId } });
  return events.map(({ body }) => body).filter(({ kind }) => kind.startsWith('screenshot'));
};
const uploadsLeft = () => readdir(pathIn(server.dataDir, 'uploads'));
/** Until the jobs of a start are done. */
const patience = { timeout: 20_000 };
const DAY_MS = 24 * 3_600_000;
/** The same people at a server that was started again. */
const again = (all: People): People => ({
  ...all,
  admin: all.admin.at(server.origin),
  coAdmin: all.coAdmin.at(server.origin),
  expert: all.expert.at(server.origin),
  customer: all.customer.at(server.origin),
});
const filesOf = (id: string) =>
  readdir(pathIn(server.dataDir, 'files', 'screenshots', sessionId, id)).catch((): string[] => []);

describe('A6 a screenshot', () => {
  test('is a fact at once, and has its picture when that is there, the same for both sides', async () => {
    const id = await take(people.customer);
    expect((await list(people.expert)).map(({ versions }) => versions)).toEqual([[]]);
    const drawings = [drawingOn({}, { tool: 'highlight', from: [0, 0], to: [1, 1] })].map(
      ({ surface: _, ...one }) => one,
    );
    const uploads = await uploadVersion(people.expert, sessionId, webp(300, 4000));
    expect(await add(people.expert, id, { ...uploads, drawings })).toMatchObject({ status: 200 });
    const [shot] = await list(people.customer);
    expect(shot).toMatchObject({ id, number: 1, author: { name: 'Rafael' }, erasedAt: null });
    const version = { number: 1, width: 4000, height: 360, blurred: false };
    expect(shot?.versions).toMatchObject([{ ...version, author: { name: 'Nora Expert' }, drawings }]);
    expect(await list(people.expert)).toEqual(await list(people.customer));
    const of = { kind: 'camera', participantId: expertId };
    expect(await log()).toEqual([
      { kind: 'screenshot-taken', screenshotId: id, number: 1, of },
      { kind: 'screenshot-kept', screenshotId: id, version },
    ]);
    expect(await uploadsLeft()).toEqual([]);
  });

  test('is of what is in the session, by who has been in it', async () => {
    const by = (client: Client, of: object, screenshotId: string = randomUUID()) =>
      client.ask(files.takeScreenshot, {
        params: { sessionId },
        body: { requestId: newRequestId(), screenshotId, of },
      });
    const of = { kind: 'screen', participantId: expertId };
    expect(await by(people.admin, of)).toMatchObject(refusal(409, 'not-joined'));
    const nobody = { kind: 'camera', participantId: randomUUID() };
    expect(await by(people.expert, nobody)).toMatchObject(refusal(400, 'malformed', 'of.participantId'));
    const pictureId = randomUUID();
    const still = { kind: 'still', pictureId };
    expect(await by(people.expert, still)).toMatchObject(refusal(400, 'malformed', 'of.pictureId'));
    await putPicture(people.expert, sessionId, pictureId, webp());
    const id = randomUUID();
    expect((await by(people.expert, still, id)).status).toBe(200);
    expect(await by(people.customer, of, id)).toMatchObject(refusal(409, 'request-id-reused', 'screenshotId'));
    await people.expert.ask(sessions.endSession, { params: { sessionId }, body: { requestId: newRequestId() } });
    // What was taken offline goes up later.
    expect((await by(people.customer, of)).status).toBe(200);
    expect((await list(people.admin)).map(({ number }) => number)).toEqual([1, 2]);
  });

  test('has the first picture that comes, of whom it may come from; a repeat changes nothing', async () => {
    const id = await take();
    const bring = async (client: Client) => ({
      client,
      body: {
        requestId: newRequestId(),
        from: 0,
        ...(await uploadVersion(client, sessionId)),
        drawings: [],
        blurred: false,
      },
    });
    const both = await Promise.all([people.expert, people.customer].map(bring));
    const params = { sessionId, screenshotId: id };
    const answers = await Promise.all(
      both.flatMap(({ client, body }) => [1, 2].map(() => client.ask(files.addScreenshotVersion, { params, body }))),
    );
    const texts = [answers.slice(0, 2), answers.slice(2)].map((two) => [...new Set(two.map(({ text }) => text))]);
    expect(texts.map(({ length }) => length)).toEqual([1, 1]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409, 409]);
    expect((await log()).map(({ kind }) => kind)).toEqual(['screenshot-taken', 'screenshot-kept']);
    expect((await filesOf(id)).toSorted()).toEqual(['1-painted', '1-picture', '1-thumbnail']);
  });

  test('is edited into new versions; those of the picture it was made from share its file', async () => {
    const id = await take();
    await add(people.expert, id);
    expect((await add(people.customer, id, { from: 1, picture: null })).status).toBe(200);
    expect((await add(people.admin, id, { from: 2, picture: null })).status).toBe(200);
    expect(await add(people.expert, id, { from: 9 })).toMatchObject(refusal(400, 'malformed', 'from'));
    expect(await add(people.expert, id)).toMatchObject(refusal(409, 'not-in-this-state'));
    expect(await add(people.expert, await take(), { picture: null })).toMatchObject(
      refusal(400, 'malformed', 'picture'),
    );
    expect(await add(people.expert, randomUUID())).toMatchObject(refusal(404, 'not-found'));
    const [shot] = await list(people.customer);
    expect(shot?.versions.map(({ number, author }) => [number, 'name' in author && author.name])).toEqual([
      [1, 'Nora Expert'],
      [2, 'Rafael'],
      [3, 'Ada Admin'],
    ]);
    const [first, third] = [await get(people.customer, id, 1, 'picture'), await get(people.customer, id, 3, 'picture')];
    expect([third.status, third.text]).toEqual([200, first.text]);
    expect(await filesOf(id)).toHaveLength(7);
  });

  test('many at once are numbered without a gap', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, at) => take(at % 2 === 0 ? people.expert : people.customer)));
    const numbers = (await list(people.expert)).map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  });
});

describe('A6 what was blurred away', () => {
  test('is for employees only: in lists, files and the archive; and cannot be brought back', async () => {
    const id = await take();
    await add(people.expert, id);
    expect((await get(people.customer, id, 1, 'picture')).status).toBe(200);
    // Blurred pixels are new pixels.
    expect(await add(people.expert, id, { from: 1, picture: null, blurred: true })).toMatchObject(
      refusal(400, 'malformed', 'picture'),
    );
    expect((await add(people.expert, id, { from: 1, blurred: true })).status).toBe(200);
    expect((await add(people.expert, id, { from: 2, picture: null })).status).toBe(200);
    expect((await add(people.expert, id, { from: 1 })).status).toBe(200);
    const numbersFor = async (client: Client) => (await list(client))[0]?.versions.map(({ number }) => number);
    expect([await numbersFor(people.expert), await numbersFor(people.customer)]).toEqual([
      [1, 2, 3, 4],
      [2, 3],
    ]);
    for (const file of ['picture', 'painted', 'thumbnail']) {
      const statuses = async (client: Client) =>
        Promise.all([1, 2, 3, 4].map(async (version) => (await get(client, id, version, file)).status));
      expect([await statuses(people.admin), await statuses(people.customer)]).toEqual([
        [200, 200, 200, 200],
        [404, 200, 200, 404],
      ]);
      expect((await get(people.customer, id, 1, file)).text).toBe(NOT_FOUND);
    }
    const tag = (await get(people.admin, id, 1, 'picture')).headers.get('etag') ?? '';
    const again = await people.customer.send('GET', screenshotFile(sessionId, id, 1, 'picture'), undefined, {
      'if-none-match': tag,
    });
    expect(again.status).toBe(404);
    const third = await get(people.customer, id, 3, 'picture');
    expect((await zip(people.customer)).text).toContain(third.text.slice(-60));
    expect(await add(people.customer, id, { from: 1 })).toMatchObject(refusal(400, 'malformed', 'from'));
    expect((await add(people.customer, id, { from: 3, picture: null })).status).toBe(200);
    expect(await numbersFor(people.customer)).toEqual([2, 3, 5]);
  });
});

test('A6 what was blurred away on a frozen picture is not to be had from the frozen picture', async () => {
  const pictureId = randomUUID();
  await putPicture(people.expert, sessionId, pictureId, webp());
  const still = (client: Client, head: Record<string, string> = {}) =>
    client.send('GET', pictureAt(sessionId, pictureId), undefined, head);
  const id = randomUUID();
  const body = { requestId: newRequestId(), screenshotId: id, of: { kind: 'still', pictureId } };
  expect((await people.expert.ask(files.takeScreenshot, { params: { sessionId }, body })).status).toBe(200);
  await add(people.expert, id);
  const before = await still(people.customer);
  expect([before.status, before.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
  const tag = { 'if-none-match': before.headers.get('etag') ?? '' };
  expect((await still(people.customer, tag)).status).toBe(304);
  expect((await add(people.expert, id, { from: 1, blurred: true })).status).toBe(200);
  expect((await still(people.expert)).status).toBe(200);
  const after = [await still(people.customer), await still(people.customer, tag)];
  expect(after.map(({ status, text }) => [status, text])).toEqual([
    [404, NOT_FOUND],
    [404, NOT_FOUND],
  ]);
});

describe('the files', () => {
  test('are pictures with a name, whatever is asked, and nothing else', async () => {
    const id = await take();
    await add(people.expert, id);
    const shown = await get(people.customer, id, 1, 'painted');
    const saved = await get(people.customer, id, 1, 'picture', '?download');
    expect(shown.headers.get('content-type')).toBe('image/webp');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('cache-control')).toBe('private, no-cache');
    expect(shown.headers.get('content-disposition')).toMatch(
      /^inline; filename="\d+ _l__leak_ - screenshot 1 painted\.webp"; /,
    );
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''\d+%20%C3%96l_/);
    const tag = shown.headers.get('etag') ?? '';
    const again = await people.customer.send('GET', screenshotFile(sessionId, id, 1, 'painted'), undefined, {
      'if-none-match': tag,
    });
    expect([again.status, again.text]).toEqual([304, '']);
    for (const [version, file] of [
      ['2', 'picture'],
      ['0', 'picture'],
      ['x', 'picture'],
      ['1', 'other'],
      ['1', '..'],
    ] as const) {
      expect((await get(people.customer, id, version, file)).text).toBe(NOT_FOUND);
    }
    expect((await get(people.customer, randomUUID(), 1, 'picture')).text).toBe(NOT_FOUND);
  });

  test('come all in one, whole', async () => {
    expect((await zip(people.expert)).text).toBe(NOT_FOUND);
    for (const drawn of [false, true]) {
      const drawing = drawingOn({});
      const drawings = drawn ? [{ id: drawing.id, shape: drawing.shape, style: drawing.style }] : [];
      await add(people.expert, await take(), { drawings });
    }
    const { status, text, headers } = await zip(people.customer);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(text.startsWith('PK')).toBe(true);
    const names = new Set(text.match(/Screenshot \d[ a-z]*\.webp/g));
    expect([...names]).toEqual(['Screenshot 1.webp', 'Screenshot 2.webp', 'Screenshot 2 without drawings.webp']);
  });

  test('that are no pictures, too large, or not mine are refused, and nothing is kept of them', async () => {
    const id = await take();
    const html = new TextEncoder().encode('<script>alert(1)</script>'.padEnd(100));
    const upload = (bytes: Uint8Array<ArrayBuffer>) => uploadFile(people.expert, sessionId, bytes);
    const wide = webp(200, fileLimits.screenshotSide + 1);
    expect(await add(people.expert, id, { picture: await upload(html) })).toMatchObject(
      refusal(415, 'wrong-content-type', 'picture'),
    );
    expect(await add(people.expert, id, { painted: await upload(wide) })).toMatchObject(
      refusal(413, 'too-large', 'painted'),
    );
    const heavy = webp(fileLimits.thumbnailBytes + 1);
    expect(await add(people.expert, id, { thumbnail: await upload(heavy) })).toMatchObject(
      refusal(413, 'too-large', 'thumbnail'),
    );
    const theirs = await uploadFile(people.customer, sessionId, webp());
    expect(await add(people.expert, id, { picture: theirs })).toMatchObject(refusal(404, 'not-found'));
    const unfinished = await makeUpload(people.expert, sessionId, 10);
    expect(await add(people.expert, id, { picture: unfinished.text })).toMatchObject(refusal(404, 'not-found'));
    expect((await list(people.expert))[0]?.versions).toEqual([]);
    expect((await makeUpload(people.expert, sessionId, fileLimits.screenshotBytes + 1)).json).toEqual({
      error: { code: 'too-large' },
    });
    // After all that the first good one is version 1.
    expect((await add(people.expert, id)).status).toBe(200);
    await giveUp(people.customer, theirs);
    expect(await uploadsLeft()).toEqual([]);
  });

  test('1,000 uploads at once by one person: refused with a reason, the other side is not held up', async () => {
    const answers = await Promise.all(Array.from({ length: 1000 }, () => makeUpload(people.expert, sessionId, 10)));
    const good = answers.filter(({ status }) => status === 201);
    expect(good).toHaveLength(fileLimits.uploadsUnderWay);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 429]));
    const theirs = await makeUpload(people.customer, sessionId, 10);
    expect(theirs.status).toBe(201);
    for (const { text } of good) expect((await giveUp(people.expert, text)).status).toBe(204);
    await giveUp(people.customer, theirs.text);
  });
});

describe('erasing', () => {
  test('by an employee leaves a line and no file', async () => {
    const id = await take();
    await add(people.expert, id);
    expect(await erase(people.customer, id)).toMatchObject(refusal(403, 'not-allowed'));
    expect(await erase(people.customer, randomUUID())).toMatchObject(refusal(404, 'not-found'));
    expect((await erase(people.expert, id)).status).toBe(200);
    expect(await erase(people.admin, id)).toMatchObject(refusal(409, 'not-in-this-state'));
    expect((await get(people.expert, id, 1, 'picture')).status).toBe(404);
    expect(await filesOf(id)).toEqual([]);
    expect(await list(people.customer)).toMatchObject([{ id, versions: [], erasedAt: expect.any(String) }]);
    expect((await log()).at(-1)).toEqual({ kind: 'screenshot-erased', screenshotId: id, number: 1, why: 'by-hand' });
    expect(await add(people.expert, id)).toMatchObject(refusal(409, 'not-in-this-state'));
  });

  test('after the days of the policy, from the end of the session', async () => {
    const none = { recordings: null, sessions: null };
    const body = (days: number | null) => ({
      requestId: newRequestId(),
      policies: { ...defaultPolicies, retentionDays: { ...none, screenshots: days } },
    });
    const id = await take();
    await add(people.expert, id);
    await people.admin.get(changePolicies, { body: body(5) });
    await people.expert.ask(sessions.endSession, { params: { sessionId }, body: { requestId: newRequestId() } });
    server.clock.advance(4 * DAY_MS);
    server = await server.again();
    people = again(people);
    expect((await get(people.customer, id, 1, 'picture')).status).toBe(200);
    server.clock.advance(DAY_MS + 1);
    server = await server.again();
    people = again(people);
    await expect
      .poll(async () => (await log()).at(-1), patience)
      .toMatchObject({ kind: 'screenshot-erased', why: 'retention' });
    await expect.poll(() => filesOf(id), patience).toEqual([]);
    expect((await get(people.admin, id, 1, 'picture')).status).toBe(404);
    await people.admin.get(changePolicies, { body: body(null) });
  }, 30_000);

  test('files that no version names are found at the next start, and only they', async () => {
    const id = await take();
    await add(people.expert, id);
    const place = pathIn(server.dataDir, 'files', 'screenshots', sessionId);
    await writeFile(pathIn(place, id, '2-picture'), 'x');
    const stranger = randomUUID();
    await mkdir(pathIn(place, stranger));
    await writeFile(pathIn(place, stranger, '1-picture'), 'x');
    server = await server.again();
    people = again(people);
    await expect.poll(() => readdir(place), patience).toEqual([id]);
    await expect
      .poll(async () => (await filesOf(id)).toSorted(), patience)
      .toEqual(['1-painted', '1-picture', '1-thumbnail']);
    expect((await get(people.customer, id, 1, 'picture')).status).toBe(200);
  }, 30_000);
});
