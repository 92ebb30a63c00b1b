import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changePolicies, defaultPolicies } from '#contract/access/policies.ts';
import * as annotation from '#contract/annotation/http.ts';
import { reportQuality } from '#contract/call/quality.ts';
import * as recordings from '#contract/recording/http.ts';
import * as sessions from '#contract/session/http.ts';
import { rateSession } from '#contract/session/rating.ts';
import * as tickets from '#contract/ticket/http.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { newRequestId } from './harness/client.ts';
import { gather, type People } from './harness/organization.ts';
import { drawingOn, pictureAt, putPicture, webp } from './harness/pictures.ts';
import { mediaFile, Taker } from './harness/recordings.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

const DAY_MS = 24 * 3_600_000;
let server: TestServer;
let people: People;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
});
afterAll(() => closeWithoutFaults(server));

const fresh = () => ({ requestId: newRequestId() });
const filesIn = async (folder: string): Promise<string[]> => {
  const found = await readdir(join(server.dataDir, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((one) => one.isFile()).map(({ name }) => name);
};

test('C10 a whole session is erased when its days are over: the ticket shows that it was there, and since when it is gone', async () => {
  const { admin, customer, code } = people;
  const opened = { ...fresh(), subject: 'Press', code: code.id };
  const { id: ticketId } = await admin.get(tickets.openTicket, { body: opened });
  const { id } = await admin.get(sessions.createSessionInTicket, { params: { ticketId }, body: fresh() });
  const params = { sessionId: id };
  const anna = await new Taker(admin, id).join();
  const jon = await new Taker(customer, id).join();
  await customer.get(sessions.sayInSession, { params, body: { ...fresh(), text: 'The blue hose leaks' } });
  const pictureId = randomUUID();
  await putPicture(customer, id, pictureId, webp());
  const drawing = drawingOn({ kind: 'still', pictureId }, { tool: 'text', at: [0.5, 0.5], text: 'blue hose' });
  await customer.ask(annotation.makeDrawing, { params, body: { ...fresh(), drawing } });
  const [recordingId, partId] = [randomUUID(), randomUUID()];
  await anna.start(recordingId);
  await jon.answer(recordingId, 'yes');
  await anna.begin(recordingId, partId);
  const { to } = await anna.upload(partId);
  await anna.patch(to, 0, await mediaFile('part-1.mp4'));
  await anna.stop(recordingId);
  await anna.finish(recordingId, partId);
  await anna.until('ready');
  await admin.get(sessions.endSession, { params, body: fresh() });
  const found = { ...fresh(), stars: 2, comment: 'The blue hose was not seen' };
  await customer.get(rateSession, { params, body: found });
  const measured = { seconds: 60, roundTripMs: 40, lossShare: 0, frozenSeconds: 0 };
  await customer.get(reportQuality, { params, body: measured });
  expect((await filesIn('files')).length).toBe(2);

  const policies = { ...defaultPolicies, retentionDays: { ...defaultPolicies.retentionDays, sessions: 5 } };
  await admin.get(changePolicies, { body: { ...fresh(), policies } });
  server.clock.advance(6 * DAY_MS);
  server = await server.again();
  const [again, theirs] = [admin.at(server.origin), customer.at(server.origin)];
  const card = async () => {
    const { sessions: all } = await theirs.get(sessions.listTicketSessions, { params: { ticketId } });
    return all.find((one) => one.id === id);
  };
  await expect.poll(async () => (await card())?.erasedAt ?? null, { timeout: 10_000 }).not.toBe(null);
  expect(await card()).toMatchObject({ status: 'rated', participants: [], createdBy: 'Sightglass' });
  const { events } = await theirs.get(sessions.sessionEvents, { params });
  expect(events.map(({ seq, body }) => [seq, body.kind])).toEqual([[1, 'session-erased']]);
  expect((await again.send('GET', pictureAt(id, pictureId))).status).toBe(404);
  expect(await again.get(recordings.listSessionRecordings, { params })).toEqual({ recordings: [] });
  await expect.poll(() => filesIn('files'), { timeout: 10_000 }).toEqual([]);
  expect(await filesIn('uploads')).toEqual([]);
  const tables = [
    'event',
    'request',
    'participant',
    'recording',
    'recording_consent',
    'drawing',
    'picture',
    'session',
    'rating',
  ];
  expect((await server.database.execute('select * from call_quality')).rows).toEqual([]);
  const rows = await Promise.all(tables.map((name) => server.database.execute(`select * from "${name}"`)));
  // The name that the customer gave belongs to their browser; only what the session made of it goes.
  const kept = JSON.stringify(rows.flatMap((one) => one.rows.filter(({ route }) => route !== 'enterCode')));
  expect(kept).not.toContain('blue hose');
  expect(kept).not.toContain('Rafael');
});
