import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as annotation from '#contract/annotation/http.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import { ErrorReply } from '#contract/error-reply.ts';
import * as sessions from '#contract/session/http.ts';
import { type ActorName, actors, makeWorld, type World } from './access-world.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { type Client, newRequestId } from './harness/client.ts';
import { drawingOn, pictureAt, putPicture, webp } from './harness/pictures.ts';
import { startTestServer, type TestServer } from './harness/server.ts';
import { randomFrom, randomText } from './random-values.ts';

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  world = await makeWorld(server.origin, await server.setupPath());
});
afterAll(() => closeWithoutFaults(server));

const join = (client: Client, sessionId: string) =>
  client.ask(sessions.joinSession, {
    params: { sessionId },
    body: { requestId: newRequestId(), tabId: randomUUID(), move: true },
  });
const getPicture = (client: Client, sessionId: string, pictureId: string) =>
  client.send('GET', pictureAt(sessionId, pictureId));
const removePicture = (client: Client, sessionId: string, pictureId: string) =>
  client.send('DELETE', pictureAt(sessionId, pictureId));
const refusal = (code: string, field?: string) => ({ error: { code, ...(field === undefined ? {} : { field }) } });
const NOT_FOUND = '{"error":{"code":"not-found"}}';

/** The head of a PNG file of this size. */
function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52].concat(Array(8).fill(0)),
  );
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return new Uint8Array(bytes);
}

/** A session of the owner's ticket with a picture of the admin's in it. */
async function withPicture(actor: ActorName) {
  const sessionId = await world.newSession(actor);
  const pictureId = randomUUID();
  await join(world.people.admin, sessionId);
  const bytes = webp();
  expect(await putPicture(world.people.admin, sessionId, pictureId, bytes)).toMatchObject({ status: 200, text: '{}' });
  return { sessionId, pictureId, bytes };
}

const outcomes: Readonly<Record<ActorName, { put: string; joined: string; get: string; getJoined: string }>> = {
  nobody: { put: 'not-signed-in', joined: 'not-signed-in', get: 'not-signed-in', getJoined: 'not-signed-in' },
  revoked: { put: 'not-signed-in', joined: 'not-signed-in', get: 'not-signed-in', getJoined: 'not-signed-in' },
  expert: { put: 'not-joined', joined: 'ok', get: 'ok', getJoined: 'ok' },
  coAdmin: { put: 'not-joined', joined: 'ok', get: 'ok', getJoined: 'ok' },
  admin: { put: 'ok', joined: 'ok', get: 'ok', getJoined: 'ok' },
  // Their code's session, and they have never been in it: the others' pictures are not theirs to see.
  owner: { put: 'not-joined', joined: 'ok', get: 'not-found', getJoined: 'ok' },
  stranger: { put: 'not-found', joined: 'not-found', get: 'not-found', getJoined: 'not-found' },
  switchedOff: { put: 'not-found', joined: 'not-found', get: 'not-found', getJoined: 'not-found' },
  rotated: { put: 'not-found', joined: 'not-found', get: 'not-found', getJoined: 'not-found' },
};

describe.each(actors)('as %s', (actor) => {
  const expected = outcomes[actor];
  const check = (answer: { status: number; json: unknown; text: string }, word: string) => {
    if (word === 'ok') expect(answer.status).toBe(200);
    else expect(answer.json).toEqual(refusal(word));
    if (word === 'not-found') expect(answer.text).toBe(NOT_FOUND);
  };

  test('a picture is added and looked at, or not', async () => {
    const client = world.people[actor];
    const { sessionId, pictureId } = await withPicture(actor);
    check(await getPicture(client, sessionId, pictureId), expected.get);
    check(await putPicture(client, sessionId, randomUUID(), webp()), expected.put);
    await join(client, sessionId);
    check(await putPicture(client, sessionId, randomUUID(), webp()), expected.joined);
    check(await getPicture(client, sessionId, pictureId), expected.getJoined);
    const own = randomUUID();
    await putPicture(client, sessionId, own, webp());
    check(await removePicture(client, sessionId, own), expected.joined);
    // That of somebody else stays.
    if (actor !== 'admin') {
      const word = expected.joined === 'ok' ? 'not-found' : expected.joined;
      check(await removePicture(client, sessionId, pictureId), word);
      check(await getPicture(world.people.admin, sessionId, pictureId), 'ok');
    }
  });

  test('a session that is not there, a picture that is not there or in another session, and no ids at all', async () => {
    const client = world.people[actor];
    const { sessionId } = await withPicture(actor);
    const elsewhere = await withPicture(actor);
    await join(client, sessionId);
    const word = expected.joined === 'not-signed-in' ? 'not-signed-in' : 'not-found';
    check(await putPicture(client, randomUUID(), randomUUID(), webp()), word);
    check(await getPicture(client, randomUUID(), elsewhere.pictureId), word);
    check(await getPicture(client, sessionId, randomUUID()), word);
    check(await getPicture(client, sessionId, elsewhere.pictureId), word);
    check(await getPicture(client, sessionId, 'x'), word);
    check(await putPicture(client, 'x', 'y', webp()), word);
  });
});

describe('what is taken back', () => {
  test('is gone, may be given again, and stays when the log names it', async () => {
    const { admin } = world.people;
    const { sessionId, pictureId, bytes } = await withPicture('owner');
    expect((await removePicture(admin, sessionId, pictureId)).text).toBe('{}');
    for (const again of [getPicture, removePicture])
      expect((await again(admin, sessionId, pictureId)).text).toBe(NOT_FOUND);
    const params = { sessionId };
    const drawing = drawingOn({ kind: 'still', pictureId });
    const draw = () => admin.ask(annotation.makeDrawing, { params, body: { requestId: newRequestId(), drawing } });
    expect((await draw()).status).toBe(400);
    expect((await putPicture(admin, sessionId, pictureId, bytes)).status).toBe(200);
    expect((await draw()).status).toBe(200);
    await admin.ask(annotation.clearDrawings, { params, body: { requestId: newRequestId(), whose: 'all' } });
    expect((await removePicture(admin, sessionId, pictureId)).json).toEqual(refusal('not-in-this-state'));
    const frozen = { requestId: newRequestId(), pictureId: randomUUID(), participantId: '' };
    await putPicture(admin, sessionId, frozen.pictureId, webp());
    const read = await admin.ask(sessions.readSession, { params });
    frozen.participantId = sessions.Session.parse(read.json).you.participantId ?? '';
    await admin.ask(annotation.freezePicture, { params, body: frozen });
    await admin.ask(annotation.releasePicture, { params, body: { requestId: newRequestId() } });
    expect((await removePicture(admin, sessionId, frozen.pictureId)).json).toEqual(refusal('not-in-this-state'));
  });
});

describe('what is taken', () => {
  const { pictureBytes } = limits;
  const start = async () => ({ ...(await withPicture('owner')), admin: world.people.admin });

  test('comes back as it was, with the type that its bytes say, for this browser only', async () => {
    const { admin, sessionId, pictureId, bytes } = await start();
    const response = await fetch(admin.origin + pictureAt(sessionId, pictureId), { headers: { cookie: admin.cookie } });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toMatch(/^private, /);
  });

  test.each([
    ['image/webp', webp()],
    // A comment before the frame header, and padding.
    ['image/jpeg', new Uint8Array([0xff, 0xd8, 0xff, 0xfe, 0, 3, 0, 0xff, 0xff, 0xc0, 0, 11, 8, 1, 104, 2, 128])],
    ['image/png', png(640, 360)],
  ])('%s', async (type, bytes) => {
    const { admin, sessionId } = await start();
    expect((await putPicture(admin, sessionId, randomUUID(), bytes, type)).status).toBe(200);
  });

  test.each([
    ['another type', webp(), 'image/svg+xml'],
    ['no picture type', webp(), 'application/octet-stream'],
    ['a page that is called a picture', new Uint8Array(Buffer.from('<!doctype html><script>1</script>')), 'image/png'],
    ['noise', new Uint8Array(randomBytes(1000)), 'image/jpeg'],
    ['half of a head', png(640, 360).slice(0, 20), 'image/png'],
    ['a JPEG without a frame', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 2, 1]), 'image/jpeg'],
    ['half of a signature', new Uint8Array([0x89, 0x50]), 'image/png'],
    ['nothing', new Uint8Array(), 'image/webp'],
    ['JSON', new Uint8Array(Buffer.from('{}')), 'application/json'],
  ])('%s is refused', async (_what, bytes, type) => {
    const { admin, sessionId } = await start();
    const pictureId = randomUUID();
    const answer = await putPicture(admin, sessionId, pictureId, bytes, type);
    expect([answer.status, answer.json]).toEqual([415, refusal('wrong-content-type')]);
    expect((await getPicture(admin, sessionId, pictureId)).status).toBe(404);
  });

  test('the largest, one byte more, and 50 MB', async () => {
    const { admin, sessionId } = await start();
    expect((await putPicture(admin, sessionId, randomUUID(), webp(pictureBytes))).status).toBe(200);
    for (const size of [pictureBytes + 1, 50_000_000]) {
      const answer = await putPicture(admin, sessionId, randomUUID(), webp(size));
      expect([answer.status, answer.json]).toEqual([413, refusal('too-large')]);
    }
  });

  test('a small file that would unfold to a huge picture is refused', async () => {
    const { admin, sessionId } = await start();
    const { pictureSide: most } = limits;
    const tall = new Uint8Array([0xff, 0xd8, 0xff, 0xc2, 0, 11, 8, 0xff, 0xff, 2, 128]);
    for (const [type, bytes] of [
      ['image/png', png(most + 1, 1)],
      ['image/png', png(2 ** 31, 2 ** 31)],
      ['image/webp', webp(200, most + 1)],
      ['image/jpeg', tall],
    ] as const) {
      const answer = await putPicture(admin, sessionId, randomUUID(), bytes, type);
      expect([answer.status, answer.json]).toEqual([413, refusal('too-large')]);
    }
    expect((await putPicture(admin, sessionId, randomUUID(), png(most, most), 'image/png')).status).toBe(200);
  });

  test('the same again is harmless; other bytes and another person are refused', async () => {
    const { admin, sessionId, pictureId, bytes } = await start();
    expect((await putPicture(admin, sessionId, pictureId, bytes)).status).toBe(200);
    const taken = { status: 409, json: refusal('request-id-reused', 'pictureId') };
    expect(await putPicture(admin, sessionId, pictureId, webp())).toMatchObject(taken);
    await join(world.people.owner, sessionId);
    expect(await putPicture(world.people.owner, sessionId, pictureId, bytes)).toMatchObject(taken);
  });

  test('of two at once under one id, one is the picture, and the other hears it', async () => {
    for (let round = 0; round < 10; round++) {
      const { admin, sessionId } = await start();
      await join(world.people.owner, sessionId);
      const pictureId = randomUUID();
      const [one, two] = [webp(), webp(300_000)];
      const answers = await Promise.all([
        putPicture(admin, sessionId, pictureId, one),
        putPicture(world.people.owner, sessionId, pictureId, two),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      const { text } = await getPicture(admin, sessionId, pictureId);
      expect(text).toHaveLength(answers[0]?.status === 200 ? one.length : two.length);
    }
  });

  test('after the end nothing is added, and who was in it still sees what was drawn on', async () => {
    const { admin, sessionId, pictureId } = await start();
    await admin.get(sessions.endSession, { params: { sessionId }, body: { requestId: newRequestId() } });
    const late = await putPicture(admin, sessionId, randomUUID(), webp());
    expect([late.status, late.json]).toEqual([409, refusal('not-in-this-state')]);
    expect((await getPicture(admin, sessionId, pictureId)).status).toBe(200);
  });

  test('1,000 random files and addresses: only answers of the contract', async () => {
    const { admin, sessionId } = await start();
    const random = randomFrom(77);
    const heads = ['RIFF0000WEBP', '\u00ff\u00d8\u00ff', '\u0089PNG', 'GIF89a', ''] as const;
    const types = ['image/webp', 'image/png', 'image/jpeg', 'image/gif', 'text/html', 'image/webp; a=b', 'x'] as const;
    const wild = () => encodeURIComponent(randomText(random, 200).toWellFormed()) || 'x';
    for (let sent = 0; sent < 1000; sent += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => {
          const bytes = Buffer.from(`${random.pick(heads)}${randomText(random, 3000)}`, 'latin1');
          const pictureId = random.below(5) === 0 ? wild() : randomUUID();
          const session = random.below(10) === 0 ? wild() : sessionId;
          return putPicture(admin, session, pictureId, new Uint8Array(bytes), random.pick(types));
        }),
      );
      const odd = answers.filter(
        ({ status, json }) => status !== 200 && (status >= 500 || !ErrorReply.safeParse(json).success),
      );
      expect(odd).toEqual([]);
    }
  });
});
