import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as files from '#contract/file/http.ts';
import * as sessions from '#contract/session/http.ts';
import { fresh } from './access-row.ts';
import { type ActorName, actors, makeWorld, type World } from './access-world.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { newRequestId } from './harness/client.ts';
import { addVersion, giveUp, makeUpload, screenshotFile, takeScreenshot } from './harness/screenshots.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  world = await makeWorld(server.origin, await server.setupPath());
});
afterAll(() => closeWithoutFaults(server));

const refusals: Readonly<Record<'login' | 'none' | 'out', readonly [number, string]>> = {
  login: [401, '{"error":{"code":"not-signed-in"}}'],
  none: [404, '{"error":{"code":"not-found"}}'],
  out: [409, '{"error":{"code":"not-joined"}}'],
};
type Word = keyof typeof refusals | 'ok';
const seeing: Readonly<Record<ActorName, Word>> = {
  nobody: 'login',
  revoked: 'login',
  expert: 'ok',
  coAdmin: 'ok',
  admin: 'ok',
  owner: 'ok',
  stranger: 'none',
  switchedOff: 'none',
  rotated: 'none',
};

describe.each(actors)('as %s', (actor) => {
  test('the files of a screenshot, all of them in one, and an upload', async () => {
    const client = world.people[actor];
    const sessionId = await world.newSession(actor);
    const { admin } = world.people;
    const body = fresh({ tabId: newRequestId() });
    const { you } = await admin.get(sessions.joinSession, { params: { sessionId }, body });
    const screenshotId = await takeScreenshot(admin, sessionId, you.participantId ?? '');
    expect((await addVersion(admin, sessionId, screenshotId)).status).toBe(200);
    const word = seeing[actor];
    const expected = word === 'ok' ? 200 : refusals[word];
    const say = ({ status, text }: { readonly status: number; readonly text: string }) =>
      status === 200 ? 200 : [status, text];
    for (const file of ['picture', 'painted', 'thumbnail']) {
      expect(say(await client.send('GET', screenshotFile(sessionId, screenshotId, 1, file)))).toEqual(expected);
    }
    const archive = files.screenshotsArchivePath.replace(':sessionId', sessionId);
    expect(say(await client.send('GET', archive))).toEqual(expected);

    const made = await makeUpload(client, sessionId, 10);
    // Employees may edit what others took; a customer has to have been there.
    const may = actor === 'owner' ? 'out' : word;
    if (may === 'ok') expect(made.status).toBe(201);
    else expect([made.status, made.text]).toEqual(refusals[may]);
    if (may === 'ok') expect((await giveUp(client, made.text)).status).toBe(204);
    const theirs = await makeUpload(world.people[actor === 'admin' ? 'coAdmin' : 'admin'], sessionId, 10);
    const foreign = await giveUp(client, theirs.text);
    expect([foreign.status, foreign.text]).toEqual(word === 'login' ? refusals.login : refusals.none);
    await giveUp(world.people[actor === 'admin' ? 'coAdmin' : 'admin'], theirs.text);
  });
});
