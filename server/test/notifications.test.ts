import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as access from '#contract/access/http.ts';
import { declineCall } from '#contract/direct-call/http.ts';
import type { SessionId } from '#contract/ids.ts';
import * as notifications from '#contract/notification/http.ts';
import * as requests from '#contract/request/http.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import * as tickets from '#contract/ticket/http.ts';
import { type Client, newRequestId } from './harness/client.ts';
import { allowCalls, call, openDesk } from './harness/direct-calls.ts';
import { type Newsroom, openNewsroom } from './harness/news.ts';
import { enterCode, PASSWORD } from './harness/organization.ts';
import type { TestBrowser } from './harness/push-service.ts';
import { answer, askFor } from './harness/requests.ts';

const [ada, carl, nora, olga] = ['ada@', 'carl.coadmin@', 'nora.expert@', 'olga@'].map((name) => `${name}example.org`);
const MINUTE_MS = 60_000;
let room: Newsroom;
let customer: Client;
beforeAll(async () => {
  room = await openNewsroom();
});
beforeEach(async () => {
  customer = await enterCode(room.server.origin, room.people.code, 'Rafael');
  for (const address of [ada, carl, nora, olga]) room.mailsTo(address ?? '');
});
afterAll(async () => {
  await room.close();
  expect(room.server.faults).toEqual([]);
});

const inMinutes = (minutes: number) => new Date(room.server.clock.now().getTime() + minutes * MINUTE_MS).toISOString();
async function signUp(client: Client): Promise<TestBrowser> {
  const browser = room.push.browser();
  await client.get(notifications.subscribeToPush, { body: browser.subscription });
  return browser;
}
const titles = ({ arrived }: TestBrowser) => arrived.map(({ title }) => title);
const ask = (wish: Readonly<Record<string, unknown>> = {}) => askFor(room.people, { email: olga, ...wish }, customer);
const hide = (sessionId: SessionId, to: 'internal' | 'public' = 'internal') =>
  room.people.admin.get(setVisibility, { params: { sessionId }, body: { requestId: newRequestId(), to } });

test('C4 a request reaches every employee by mail, push and on open pages; none of it the customer', async () => {
  const { expert } = room.people;
  const [page, own] = [await openDesk(expert), await customer.connect()];
  const [desk, phone] = [await signUp(expert), await signUp(customer)];
  await ask({ subject: 'It <b>stands</b>', words: 'Error 14', wishedAt: inMinutes(600) });
  await room.settled();
  const subject = 'Rafael asks for a video session';
  for (const address of [ada, carl, nora]) expect(room.mailsTo(address ?? '')).toEqual([subject]);
  expect(room.mailsTo(olga ?? '')).toEqual([]);
  const { parsed } = await room.mails.nextTo(nora ?? '');
  expect(parsed.subject).toContain('invites you');
  const mail = room.mails.arrived.findLast(({ envelope }) => envelope.to.includes(nora ?? ''))?.parsed;
  expect(mail?.text).toContain('“It <b>stands</b>”');
  expect(mail?.text).toContain('Error 14');
  expect(mail?.text).toContain(`${room.server.origin}/inbox`);
  expect(mail?.html).not.toContain('<b>');
  expect(desk.arrived).toMatchObject([{ title: subject, path: '/inbox', headers: { Urgency: 'high' } }]);
  expect(page.told('notified')).toMatchObject([{ kind: 'request', title: subject, path: '/inbox' }]);
  expect([phone.arrived, own.told('notified')]).toEqual([[], []]);
  for (const socket of [page, own]) socket.socket.disconnect();
});

test('C4 an answer reaches who asked, in their language, and not the employee who gave it', async () => {
  const { expert } = room.people;
  const [page, phone, desk] = [await customer.connect(), await signUp(customer), await signUp(expert)];
  await customer.send('GET', '/api/notifications/preferences', undefined, { 'sightglass-language': 'de' });
  const { sessionId } = await ask();
  await room.settled();
  const before = titles(desk).length;
  await answer(expert, requests.acceptRequest, sessionId);
  await room.settled();
  const title = 'Nora Expert ist bereit für Sie';
  expect(room.mailsTo(olga ?? '')).toEqual([title]);
  expect(titles(phone)).toEqual([title]);
  expect(page.told('notified')).toMatchObject([{ kind: 'answer', title, path: `/s/${sessionId}?as=code` }]);
  expect(titles(desk).slice(before)).toEqual([]);
  expect(room.mailsTo(nora ?? '')).toEqual(['Rafael asks for a video session']);
  await customer.send('GET', '/api/notifications/preferences', undefined, { 'sightglass-language': 'en' });
  page.socket.disconnect();
});

test('C4 what one has switched off does not come, and what is left comes', async () => {
  const { expert } = room.people;
  const [page, desk] = [await openDesk(expert), await signUp(expert)];
  const { defaultPreferences } = notifications;
  const body = { ...defaultPreferences, request: { page: false, push: true, mail: false } };
  expect(await expert.get(notifications.changePreferences, { body })).toEqual(body);
  expect(await expert.get(notifications.readPreferences)).toEqual(body);
  await ask();
  await room.settled();
  expect(room.mailsTo(carl ?? '')).toHaveLength(1);
  expect([room.mailsTo(nora ?? ''), page.told('notified'), titles(desk)]).toEqual([
    [],
    [],
    ['Rafael asks for a video session'],
  ]);
  await expert.get(notifications.changePreferences, { body: defaultPreferences });
  page.socket.disconnect();
});

test('C4 a message is a line on open pages, and a push message only where no page is open', async () => {
  const { expert, code } = room.people;
  const { id: ticketId } = await customer.get(tickets.openTicket, {
    body: { requestId: newRequestId(), subject: 'Oil', code: code.id },
  });
  const say = (by: Client, text: string) =>
    by.get(tickets.sayInTicket, { params: { ticketId }, body: { requestId: newRequestId(), text } });
  const [desk, phone] = [await signUp(expert), await signUp(customer)];
  await say(customer, 'It drips');
  await room.settled();
  expect(desk.arrived).toMatchObject([
    { title: 'Rafael writes in “Oil”', text: 'It drips', path: `/tickets/${ticketId}` },
  ]);
  expect(phone.arrived).toEqual([]);
  const page = await openDesk(expert);
  await say(customer, 'Still');
  await say(expert, 'I am coming');
  await room.settled();
  expect(page.told('notified')).toMatchObject([{ kind: 'message', text: 'Still' }]);
  expect(desk.arrived).toHaveLength(1);
  expect(phone.arrived).toMatchObject([{ title: 'Nora Expert writes to you about “Oil”', text: 'I am coming' }]);
  expect(phone.arrived[0]?.path).toBe(`${new URL(code.link).pathname}#ticket-${ticketId}`);
  expect(room.mailsTo(nora ?? '')).toEqual([]);
  page.socket.disconnect();
});

test('C4 a long message is cut between two characters, not within one', async () => {
  const { expert, code } = room.people;
  const opened = { requestId: newRequestId(), subject: 'Smoke', code: code.id };
  const { id: ticketId } = await customer.get(tickets.openTicket, { body: opened });
  const desk = await signUp(expert);
  const text = `${'a'.repeat(198)}🔥${'b'.repeat(100)}`;
  const body = { requestId: newRequestId(), text };
  expect((await customer.ask(tickets.sayInTicket, { params: { ticketId }, body })).status).toBe(200);
  await room.settled();
  expect(desk.arrived.map((one) => one.text)).toEqual([`${'a'.repeat(198)}…`]);
});

test('C4 nobody is reminded of a time that is not agreed any more', async () => {
  const { expert } = room.people;
  const [first, second] = [inMinutes(600), inMinutes(900)];
  const { sessionId } = await ask({ wishedAt: first });
  await answer(expert, requests.agreeTime, sessionId, { at: first });
  await answer(customer, requests.proposeTimes, sessionId, { times: [second] });
  await answer(expert, requests.agreeTime, sessionId, { at: second });
  await room.settled();
  for (const address of [nora, olga]) room.mailsTo(address ?? '');
  // As one that the server had no time for before it went away.
  const near = (at: string) => ({
    happening: 'near',
    thing: { session: sessionId },
    by: { kind: 'system' },
    words: '',
    times: [at],
    at: inMinutes(0),
  });
  const remind = (at: string) =>
    room.server.database.$client.query("insert into pgboss.job (name, data, policy) values ('notify', $1, 'short')", [
      near(at),
    ]);
  await remind(first);
  await room.settled();
  expect([room.mailsTo(nora ?? ''), room.mailsTo(olga ?? '')]).toEqual([[], []]);
  await remind(second);
  await room.settled();
  for (const address of [nora, olga]) expect(room.mailsTo(address ?? '').join()).toContain('begins soon');
});

test('C4 a browser that is gone is forgotten, and one that is signed out hears nothing more', async () => {
  const { admin, expert } = room.people;
  const [gone, out] = [await signUp(admin), await signUp(expert)];
  room.push.answer(gone, 410);
  await ask();
  await room.settled();
  await expert.get(access.signOut);
  await ask();
  await room.settled();
  const times = ({ subscription }: TestBrowser) =>
    room.push.asked.filter((one) => one === subscription.endpoint).length;
  expect([times(gone), times(out)]).toEqual([1, 1]);
  await expert.get(access.signIn, { body: { email: nora, password: PASSWORD } });
});

test('C4 an address that the database can not keep is refused', async () => {
  const { subscription } = room.push.browser();
  for (const endpoint of [`${subscription.endpoint}\u0000`, `${subscription.endpoint}/\u0000/x`]) {
    const body = { ...subscription, endpoint };
    expect((await customer.ask(notifications.subscribeToPush, { body })).status).toBe(400);
    expect((await customer.ask(notifications.unsubscribeFromPush, { query: { endpoint } })).status).toBe(400);
  }
});

test('C4 a push service that is away for a moment gets it afterwards', async () => {
  const desk = await signUp(room.people.coAdmin);
  room.push.answer(desk, 503);
  await ask();
  await vi.waitFor(() => expect(room.push.asked).toContain(desk.subscription.endpoint));
  room.push.answer(desk, 201);
  await room.settled();
  expect(titles(desk)).toEqual(['Rafael asks for a video session']);
});

test('C4 a missed call is told once, and the request that it becomes is not', async () => {
  const { admin, expert, code } = room.people;
  await allowCalls(admin, code.id);
  const page = await openDesk(expert);
  const sessionId = await call(customer, code.id);
  await expert.get(declineCall, { params: { sessionId }, body: { requestId: newRequestId() } });
  await room.settled();
  for (const address of [ada, carl, nora]) expect(room.mailsTo(address ?? '')).toEqual(['Missed call from Rafael']);
  expect(page.told('notified')).toMatchObject([{ kind: 'missed-call', path: '/inbox' }]);
  page.socket.disconnect();
});

test('A4 nothing about an internal session reaches a customer, by no way', async () => {
  const { expert } = room.people;
  const { sessionId } = await ask();
  await room.settled();
  const [page, phone] = [await customer.connect(), await signUp(customer)];
  await hide(sessionId);
  const at = inMinutes(90);
  await answer(expert, requests.proposeTimes, sessionId, { times: [at], words: 'Between us' });
  await answer(expert, requests.declineRequest, sessionId, { words: 'Do not tell' });
  await room.settled();
  expect([room.mailsTo(olga ?? ''), phone.arrived, page.told('notified')]).toEqual([[], [], []]);
  page.socket.disconnect();
});

test('A4 what became internal while its mail and its push message waited is not sent', async () => {
  const { expert } = room.people;
  const { sessionId } = await ask();
  await room.settled();
  const phone = await signUp(customer);
  room.mailsTo(olga ?? '');
  room.push.answer(phone, 503);
  await room.mails.down();
  await answer(expert, requests.declineRequest, sessionId, { words: 'Do not tell' });
  await vi.waitFor(() => expect(room.push.asked).toContain(phone.subscription.endpoint));
  await vi.waitFor(async () =>
    expect((await room.people.admin.get(notifications.readMailState)).lastFailure).not.toBeNull(),
  );
  await hide(sessionId);
  room.push.answer(phone, 201);
  await room.mails.up();
  await room.settled();
  expect([room.mailsTo(olga ?? ''), phone.arrived]).toEqual([[], []]);
  expect(await room.people.admin.get(notifications.readMailState)).toMatchObject({ delivery: 'smtp', waiting: 0 });
}, 40_000);

test('C4 a customer whose code was switched off hears nothing more', async () => {
  const { admin, expert, code } = room.people;
  const { sessionId } = await ask();
  await room.settled();
  const phone = await signUp(customer);
  const enable = (enabled: boolean) =>
    admin.get(access.updateCode, { params: { codeId: code.id }, body: { requestId: newRequestId(), enabled } });
  await enable(false);
  await answer(expert, requests.declineRequest, sessionId);
  await room.settled();
  expect([room.mailsTo(olga ?? ''), phone.arrived]).toEqual([[], []]);
  await enable(true);
});

test('C4 a mail that waited is not sent to a customer who may not know of its session any more', async () => {
  const { admin, expert, code } = room.people;
  const { sessionId } = await ask();
  await room.settled();
  room.mailsTo(olga ?? '');
  await room.mails.down();
  await answer(expert, requests.declineRequest, sessionId, { words: 'Not here' });
  await vi.waitFor(async () => expect((await admin.get(notifications.readMailState)).lastFailure).not.toBeNull());
  const enable = (enabled: boolean) =>
    admin.get(access.updateCode, { params: { codeId: code.id }, body: { requestId: newRequestId(), enabled } });
  await enable(false);
  await room.mails.up();
  await room.settled();
  expect(room.mailsTo(olga ?? '')).toEqual([]);
  await enable(true);
}, 40_000);

test('C4 a manager sends a mail to try it out, to their own address', async () => {
  const { admin } = room.people;
  await admin.get(notifications.sendTestMail, { body: {} });
  await room.settled();
  expect(room.mailsTo(ada ?? '')).toEqual(['Mails from Sightglass arrive']);
});

test('C4 an agreed time is confirmed with a calendar file, reminded of on both sides, and taken back', async () => {
  const { expert } = room.people;
  const [times, later] = [[inMinutes(60), inMinutes(120)], inMinutes(180)];
  const { sessionId } = await ask();
  await answer(expert, requests.proposeTimes, sessionId, { times, words: 'Morning?' });
  await answer(customer, requests.proposeTimes, sessionId, { times: [later] });
  await answer(expert, requests.agreeTime, sessionId, { at: later });
  await room.settled();
  expect(room.mailsTo(olga ?? '')).toEqual([
    'Nora Expert proposes times for your video session',
    'Your video session is planned',
  ]);
  expect(room.mailsTo(nora ?? '')).toEqual(['Rafael asks for a video session', 'Rafael proposes other times']);
  expect(room.mailsTo(carl ?? '')).toEqual(['Rafael asks for a video session']);
  const mail = room.mails.arrived.at(-1)?.parsed;
  expect(mail?.attachments).toMatchObject([{ filename: 'session.ics', mimeType: 'text/calendar' }]);
  expect(JSON.stringify(mail?.text)).toContain('CET');
  room.server.clock.advance(160 * MINUTE_MS);
  room.server = await room.server.again();
  await vi.waitFor(() => expect(room.mails.arrived.at(-1)?.parsed.subject).toContain('begins soon'), 10_000);
  await room.settled();
  for (const address of [olga, nora]) expect(room.mailsTo(address ?? '').join()).toContain('begins soon');
  expect(room.mailsTo(carl ?? '')).toEqual([]);
  const origin = room.server.origin;
  await customer
    .at(origin)
    .get(requests.withdrawRequest, { params: { sessionId }, body: { requestId: newRequestId() } });
  await room.settled();
  expect(room.mailsTo(nora ?? '')).toEqual(['Rafael does not need the video session any more']);
  const [calendar] = room.mails.arrived.at(-1)?.parsed.attachments ?? [];
  expect(calendar?.method).toBe('CANCEL');
});
