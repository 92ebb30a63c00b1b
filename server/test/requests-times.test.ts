import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changePolicies, defaultPolicies } from '#contract/access/policies.ts';
import type { SessionId } from '#contract/ids.ts';
import * as requests from '#contract/request/http.ts';
import * as sessions from '#contract/session/http.ts';
import { fresh } from './access-row.ts';
import { actors, makeWorld } from './access-world.ts';
import { type Case, closeWithoutFaults, openCase } from './harness/case.ts';
import { type Client, newRequestId } from './harness/client.ts';
import { enterCode, type People } from './harness/organization.ts';
import { answer, askFor, storyOf } from './harness/requests.ts';
import { startTestServer } from './harness/server.ts';

/* What time does to requests: a look every two seconds, also on a server that has just started. Calendar files. */

const MINUTE_MS = 60_000;
let own: Case;
beforeAll(async () => {
  own = await openCase();
});
afterAll(() => closeWithoutFaults(own.server));

const inMinutes = (minutes: number) => new Date(own.server.clock.now().getTime() + minutes * MINUTE_MS).toISOString();
const waitFor = { timeout: 10_000 };

/** So much later, with a server that has just started: everybody is at its new address. */
async function later(minutes: number): Promise<void> {
  own.server.clock.advance(minutes * MINUTE_MS);
  const server = await own.server.again();
  const at = (client: Client) => client.at(server.origin);
  const { admin, coAdmin, expert, customer, code } = own.people;
  const people: People = { admin: at(admin), coAdmin: at(coAdmin), expert: at(expert), customer: at(customer), code };
  own = { ...own, server, people };
}
const read = (sessionId: SessionId) => own.people.customer.get(requests.readRequest, { params: { sessionId } });
const statusOf = async (sessionId: SessionId) => (await read(sessionId)).status;
async function agreed(minutes: number): Promise<{ sessionId: SessionId; at: string }> {
  const at = inMinutes(minutes);
  const { sessionId } = await askFor(own.people, { wishedAt: at });
  await answer(own.people.expert, requests.agreeTime, sessionId, { at });
  return { sessionId, at };
}

test('A11 a request ends after the time that the admin sets, counted from the last word; both sides see it', async () => {
  const { admin, expert } = own.people;
  const policies = { ...defaultPolicies, requests: { expireHours: 2, remindMinutes: 30 } };
  await admin.get(changePolicies, { body: fresh({ policies }) });
  const [silent, spoken] = [await askFor(own.people), await askFor(own.people)];
  expect(silent.expiresAt).toBe(inMinutes(120));
  own.server.clock.advance(60 * MINUTE_MS);
  const offered = await answer(expert, requests.proposeTimes, spoken.sessionId, { times: [inMinutes(600)] });
  expect(offered.request.expiresAt).toBe(inMinutes(120));
  own.server.clock.advance(60 * MINUTE_MS);
  await expect.poll(() => statusOf(silent.sessionId), waitFor).toBe('expired');
  expect(await read(silent.sessionId)).toMatchObject({ expiresAt: null, answeredBy: null });
  expect(await statusOf(spoken.sessionId)).toBe('requested');
  expect((await storyOf(own.people.expert, silent.sessionId)).at(-1)).toBe('expired');
  own.server.clock.advance(60 * MINUTE_MS);
  await expect.poll(() => statusOf(spoken.sessionId), waitFor).toBe('expired');
});

test('A11 both sides are reminded once, and again of another time', async () => {
  const { sessionId } = await agreed(100);
  const reminders = async () =>
    (await storyOf(own.people.customer, sessionId)).filter((what) => what === 'time-near').length;
  own.server.clock.advance(60 * MINUTE_MS);
  // Another request whose time is near shows that the look has been there.
  const near = await agreed(10);
  const story = () => storyOf(own.people.expert, near.sessionId);
  await expect.poll(story, waitFor).toContain('time-near');
  expect(await reminders()).toBe(0);
  own.server.clock.advance(10 * MINUTE_MS);
  await expect.poll(reminders, waitFor).toBe(1);
  const other = inMinutes(200);
  await answer(own.people.expert, requests.proposeTimes, sessionId, { times: [other] });
  await answer(own.people.customer, requests.agreeTime, sessionId, { at: other });
  own.server.clock.advance(171 * MINUTE_MS);
  await expect.poll(reminders, waitFor).toBe(2);
  own.server.clock.advance(1 * MINUTE_MS);
  const next = await agreed(10);
  await expect.poll(() => storyOf(own.people.expert, next.sessionId), waitFor).toContain('time-near');
  expect(await reminders()).toBe(2);
});

test('A11 what nobody goes to is missed an hour later, and what somebody left alone', async () => {
  const [nobody, alone] = [await agreed(30), await agreed(30)];
  const { sessionId: accepted } = await askFor(own.people);
  await answer(own.people.expert, requests.acceptRequest, accepted);
  await later(30);
  const tabId = randomUUID();
  const params = { sessionId: alone.sessionId };
  await own.people.customer.get(sessions.joinSession, { params, body: fresh({ tabId }) });
  await own.people.customer.get(sessions.leaveSession, { params, body: fresh({ tabId }) });
  expect(await statusOf(alone.sessionId)).toBe('waiting');
  await later(31);
  await expect.poll(() => statusOf(accepted), waitFor).toBe('missed');
  expect([await statusOf(nobody.sessionId), await statusOf(alone.sessionId)]).toEqual(['scheduled', 'waiting']);
  await later(30);
  await expect.poll(() => statusOf(nobody.sessionId), waitFor).toBe('missed');
  await expect.poll(() => statusOf(alone.sessionId), waitFor).toBe('missed');
});

/** A calendar file as the lines that it means. */
const linesOf = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');
const fileOf = async (client: Client, sessionId: SessionId, headers: Record<string, string> = {}) => {
  const path = requests.calendarPath.replace(':sessionId', sessionId);
  return client.send('GET', path, undefined, headers);
};

test('A11 the calendar file has the agreed time; another time replaces it, and a cancellation removes it', async () => {
  const { expert, customer } = own.people;
  const asked = await askFor(own.people, { subject: 'Rollers; left, "loud"', wishedAt: inMinutes(120) });
  const { sessionId } = asked;
  expect((await fileOf(customer, sessionId)).status).toBe(404);
  const first = inMinutes(120);
  await answer(expert, requests.agreeTime, sessionId, { at: first });
  const { text, headers } = await fileOf(customer, sessionId);
  expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(headers.get('content-disposition')).toContain('.ics');
  const stamp = (at: string) => at.replace(/[-:]|\.000/g, '');
  const after = (at: string) => stamp(new Date(Date.parse(at) + 30 * MINUTE_MS).toISOString());
  for (const line of [
    'METHOD:PUBLISH',
    `UID:${sessionId}@sightglass`,
    'SEQUENCE:1',
    `DTSTART:${stamp(first)}`,
    `DTEND:${after(first)}`,
    'SUMMARY:Video session: Rollers\\; left\\, \\"loud\\"'.replaceAll('\\"', '"'),
    'STATUS:CONFIRMED',
    'ORGANIZER;CN="Hall Four":mailto:sightglass@localhost',
    'BEGIN:VALARM',
    'TRIGGER:-PT30M',
  ])
    expect(linesOf(text)).toContain(line);
  expect(text.replaceAll('\r\n ', '')).toContain(`/s/${sessionId}?as=code`);
  // Each line is as short as the format wants it.
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const german = await fileOf(expert, sessionId, { 'sightglass-language': 'de' });
  expect(linesOf(german.text)).toContain('SUMMARY:Videositzung: Rollers\\; left\\, "loud"');
  expect(german.text).not.toContain('as=code');

  const second = inMinutes(240);
  await answer(customer, requests.proposeTimes, sessionId, { times: [second] });
  expect(linesOf((await fileOf(customer, sessionId)).text)).toContain(`DTSTART:${stamp(first)}`);
  await answer(expert, requests.agreeTime, sessionId, { at: second });
  const moved = linesOf((await fileOf(customer, sessionId)).text);
  for (const line of [`UID:${sessionId}@sightglass`, 'SEQUENCE:2', `DTSTART:${stamp(second)}`])
    expect(moved).toContain(line);

  await answer(customer, requests.withdrawRequest, sessionId);
  const off = linesOf((await fileOf(customer, sessionId)).text);
  for (const line of ['METHOD:CANCEL', 'STATUS:CANCELLED', `UID:${sessionId}@sightglass`, 'SEQUENCE:3'])
    expect(off).toContain(line);
  expect(off).not.toContain('BEGIN:VALARM');
});

test('A11 what was asked for is erased with its session', async () => {
  const { admin, expert } = own.people;
  const asked = await askFor(own.people, { words: 'The blue hose leaks', email: 'rafael@example.org' });
  const { sessionId } = asked;
  await answer(expert, requests.declineRequest, sessionId, { words: 'No blue hoses' });
  const retentionDays = { ...defaultPolicies.retentionDays, sessions: 1 };
  const body = { requestId: newRequestId(), policies: { ...defaultPolicies, retentionDays } };
  await admin.get(changePolicies, { body });
  await later(2 * 24 * 60);
  const find = async () => (await own.people.admin.ask(requests.readRequest, { params: { sessionId } })).status;
  await expect.poll(find, waitFor).toBe(404);
  const rows = await own.server.database.execute('select * from session_request');
  expect(JSON.stringify(rows.rows)).not.toContain('blue hose');
});

test('A11 the calendar file is for whoever may see the request', async () => {
  const server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  const world = await makeWorld(server.origin, await server.setupPath());
  const at = '2031-03-10T09:00:00.000Z';
  const asked = await world.newRequest('owner', at);
  await answer(world.people.expert, requests.agreeTime, asked, { at });
  const offs = [await world.newRequest('switchedOff', at), await world.newRequest('rotated', at)];
  const said: unknown[] = [];
  for (const actor of actors) said.push((await fileOf(world.people[actor], asked)).status);
  expect(said).toEqual([401, 401, 200, 200, 200, 200, 404, 404, 404]);
  const missing = await fileOf(world.people.stranger, asked);
  for (const foreign of offs) expect((await fileOf(world.people.owner, foreign)).text).toBe(missing.text);
  expect((await world.people.expert.send('GET', '/api/requests/nonsense/calendar.ics')).text).toBe(missing.text);
  const other = await enterCode(server.origin, world.codeOf('owner'), 'Oda');
  expect((await fileOf(other, asked)).status).toBe(200);
  await closeWithoutFaults(server);
});
