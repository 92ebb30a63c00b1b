import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { picturePath } from '#contract/annotation/http.ts';
import * as files from '#contract/file/http.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import * as recordings from '#contract/recording/http.ts';
import * as requests from '#contract/request/http.ts';
import * as sessions from '#contract/session/http.ts';
import { listRateable } from '#contract/session/rating.ts';
import { setVisibility, type Visibility } from '#contract/session/visibility.ts';
import * as tickets from '#contract/ticket/http.ts';
import { asBytes } from './access-hiding.ts';
import { fresh } from './access-row.ts';
import { type ActorName, actors, makeWorld, type World } from './access-world.ts';
import { closeWithoutFaults } from './harness/case.ts';
import type { Answer, Client, Ear } from './harness/client.ts';
import { putPicture, webp } from './harness/pictures.ts';
import { mediaFile, Taker } from './harness/recordings.ts';
import { addVersion, makeUpload, screenshotFile, takeScreenshot } from './harness/screenshots.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

/* A4: every way to a session and what it has left that is no route of JSON, as everybody: public, hidden, and not there at all. */

let server: TestServer;
let world: World;
const ears: Ear[] = [];
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  world = await makeWorld(server.origin, await server.setupPath());
});
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});
afterAll(() => closeWithoutFaults(server));

const isStaff = (actor: ActorName) => actor === 'expert' || actor === 'coAdmin' || actor === 'admin';
const show = (sessionId: SessionId, to: Visibility) =>
  world.people.admin.get(setVisibility, { params: { sessionId }, body: fresh({ to }) });

/** What a session has left, and who was in it. */
interface Left {
  readonly sessionId: string;
  readonly screenshotId: string;
  readonly pictureId: string;
  readonly recordingId: string;
}

/** A session that is over and has left everything that one can; the actor was in it, if they may. */
async function leaveEverything(actor: ActorName): Promise<Left & { readonly sessionId: SessionId }> {
  const sessionId = await world.newSession(actor);
  const [own, { client }] = [new Taker(world.people[actor], sessionId), await world.newMember('admin')];
  const maker = await new Taker(client, sessionId).join();
  const { you } = await client.get(sessions.readSession, { params: { sessionId } });
  const screenshotId = await takeScreenshot(client, sessionId, you.participantId ?? '');
  await addVersion(client, sessionId, screenshotId);
  const pictureId = randomUUID();
  await putPicture(client, sessionId, pictureId, webp());
  const [recordingId, partId] = [randomUUID(), randomUUID()];
  await maker.start(recordingId);
  await maker.begin(recordingId, partId);
  const { to } = await maker.upload(partId);
  await maker.patch(to, 0, await mediaFile('part-1.mp4'));
  await maker.stop(recordingId);
  await maker.finish(recordingId, partId);
  await maker.until('ready');
  const joined = { params: { sessionId }, body: fresh({ tabId: own.tabId }) };
  await world.people[actor].ask(sessions.joinSession, joined);
  await client.get(sessions.endSession, { params: { sessionId }, body: fresh() });
  return { sessionId, screenshotId, pictureId, recordingId };
}

const nothing = (): Left => ({
  sessionId: randomUUID(),
  screenshotId: randomUUID(),
  pictureId: randomUUID(),
  recordingId: randomUUID(),
});

interface Way {
  readonly name: string;
  readonly go: (client: Client, left: Left, link: string) => Promise<Answer>;
}
const screenshot = (file: string): Way => ({
  name: `a screenshot's ${file}`,
  go: (client, { sessionId, screenshotId }) => client.send('GET', screenshotFile(sessionId, screenshotId, 1, file)),
});
const ways: readonly Way[] = [
  screenshot('picture'),
  screenshot('painted'),
  screenshot('thumbnail'),
  {
    name: 'all screenshots in one file',
    go: (client, { sessionId }) => client.send('GET', files.screenshotsArchivePath.replace(':sessionId', sessionId)),
  },
  {
    name: 'a picture that was drawn on',
    go: (client, { sessionId, pictureId }) =>
      client.send('GET', picturePath.replace(':sessionId', sessionId).replace(':pictureId', pictureId)),
  },
  { name: 'a link to the recording that was handed out before', go: (client, _left, link) => client.send('GET', link) },
  {
    name: 'the same, to save it',
    go: (client, _left, link) => client.send('GET', `${link}&download=1`, undefined, { range: 'bytes=0-9' }),
  },
  { name: 'the page', go: (client, { sessionId }) => client.send('GET', `/s/${sessionId}?as=code`) },
  { name: 'an upload', go: (client, { sessionId }) => makeUpload(client, sessionId, 10) },
  {
    name: 'the calendar file',
    go: (client, { sessionId }) => client.send('GET', requests.calendarPath.replace(':sessionId', sessionId)),
  },
];

/** Without what says which one it is. */
const bytesOf = (answer: Answer, ids: Left) => {
  const whole = JSON.stringify(asBytes(answer));
  return Object.values(ids).reduce((text, id) => text.replaceAll(id, 'ID'), whole);
};

describe.each(actors)('A4 files and pages, as %s', (actor) => {
  test('are there, are as if there were none, and are there again', async () => {
    const client = world.people[actor].copy();
    const left = await leaveEverything(actor);
    const missing = nothing();
    const linked = await client.ask(recordings.linkRecording, { params: { recordingId: left.recordingId } });
    const foreign = `${recordings.recordingFilePath.replace(':recordingId', left.recordingId)}?person=x&until=1&signature=x`;
    const link = linked.status === 200 ? z.parse(recordings.linkRecording.reply, linked.json).watch : foreign;
    const walk = async () => {
      const answers = new Map<string, Answer>();
      for (const { name, go } of ways) answers.set(name, await go(client, left, link));
      return answers;
    };
    const before = await walk();
    await show(left.sessionId, 'internal');
    const hidden = await walk();
    await show(left.sessionId, 'public');
    const after = await walk();
    for (const { name, go } of ways) {
      const none = await go(client, missing, link.replace(left.recordingId, missing.recordingId));
      const [shown, gone, again] = [before, hidden, after].map((answers) => answers.get(name));
      if (shown === undefined || gone === undefined || again === undefined) throw new Error(`${name} was not asked`);
      if (!isStaff(actor)) expect([name, bytesOf(gone, left)]).toEqual([name, bytesOf(none, missing)]);
      else expect([name, gone.status]).toEqual([name, shown.status]);
      expect([name, again.status]).toEqual([name, shown.status]);
      const isThere = (isStaff(actor) || actor === 'owner') && name !== 'the calendar file';
      if (isThere && name !== 'the page') expect([name, shown.status < 300]).toEqual([name, true]);
    }
  });

  test('the socket does not answer about it, and says nothing of it', async () => {
    const sessionId = await world.newSession(actor);
    const ear = await world.people[actor].copy().connect();
    ears.push(ear);
    await ear.ask('watch', {});
    const asks = async (id: string) => [
      await ear.ask('follow', { streamId: id, after: 0 }),
      await ear.ask('typing', { streamId: id }),
      await ear.ask('attach', { sessionId: id, tabId: randomUUID() }),
    ];
    const before = await asks(sessionId);
    await show(sessionId, 'internal');
    const hidden = await asks(sessionId);
    if (isStaff(actor)) return expect(hidden).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(hidden).toEqual(await asks(randomUUID()));
    expect(before[0]).toMatchObject({ ok: actor === 'owner' });

    const heard = ear.heard.length;
    const { client } = await world.newMember('admin');
    const maker = await new Taker(client, sessionId).join();
    const desk = await client.connect();
    ears.push(desk);
    await desk.ask('attach', { sessionId, tabId: maker.tabId });
    await desk.ask('typing', { streamId: sessionId });
    await client.get(sessions.sayInSession, { params: { sessionId }, body: fresh({ text: 'Between us.' }) });
    const { you } = await client.get(sessions.readSession, { params: { sessionId } });
    await takeScreenshot(client, sessionId, you.participantId ?? '');
    await client.get(sessions.endSession, { params: { sessionId }, body: fresh() });
    // An answer comes after everything that was told before it.
    await ear.ask('watch', {});
    expect(ear.heard.slice(heard)).toEqual([]);
  });
});

describe('A4 lists, counts and searches of a code user', () => {
  async function lists(ticketId: TicketId): Promise<Record<string, string>> {
    const { owner } = world.people;
    const codeId = world.codeOf('owner').id;
    const answers = {
      list: await owner.ask(tickets.listTickets, { query: { code: codeId } }),
      search: await owner.ask(tickets.listTickets, { query: { search: 'leaks' } }),
      ticket: await owner.ask(tickets.readTicket, { params: { ticketId } }),
      thread: await owner.ask(tickets.ticketEvents, { params: { ticketId } }),
      sessions: await owner.ask(sessions.listTicketSessions, { params: { ticketId } }),
      on: await owner.ask(sessions.listSessionsOnNow, { params: { codeId } }),
      requests: await owner.ask(requests.listCodeRequests, { params: { codeId } }),
      rateable: await owner.ask(listRateable, { params: { codeId } }),
    };
    return Object.fromEntries(Object.entries(answers).map(([name, { text }]) => [name, text]));
  }

  test('are byte for byte as they were before there was such a session', async () => {
    const { admin, owner } = world.people;
    const opened = fresh({ subject: 'The pump leaks', code: world.codeOf('owner').id, text: 'Since noon.' });
    const { id: ticketId } = await owner.get(tickets.openTicket, { body: opened });
    server.clock.advance(60_000);
    const before = await lists(ticketId);

    const { id: sessionId } = await admin.get(sessions.createSessionInTicket, { params: { ticketId }, body: fresh() });
    const tabId = randomUUID();
    await owner.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId }) });
    await owner.get(tickets.markTicketRead, { params: { ticketId }, body: { upTo: 100 } });
    const during = await lists(ticketId);
    for (const name of ['list', 'ticket', 'thread', 'sessions', 'on']) expect(during[name]).not.toBe(before[name]);
    await show(sessionId, 'internal');
    await owner.get(sessions.leaveSession, { params: { sessionId }, body: fresh({ tabId }) });
    expect(await lists(ticketId)).toEqual(before);

    await admin.get(sessions.endSession, { params: { sessionId }, body: fresh() });
    expect(await lists(ticketId)).toEqual(before);
    await show(sessionId, 'public');
    const again = await lists(ticketId);
    expect(again['thread']).toBe(during['thread']);
    expect(again['rateable']).not.toBe(before['rateable']);
  });
});
