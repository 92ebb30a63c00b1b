import { randomBytes } from 'node:crypto';
import { type BrowserContext, expect, type Page, test, type Worker } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import * as requests from '#contract/request/http.ts';
import { openMailServer, type TestMailServer } from '../server/test/harness/mail-server.ts';
import { openPushService } from '../server/test/harness/push-service.ts';
import { violationsOn } from './harness/accessible.ts';
import { askAs } from './harness/api.ts';
import { admin, CUSTOMER, type Scene, setScene } from './harness/scene.ts';

/** C4 and the mailed part of C9, with a real mail server, a real service worker, and the pages of both sides. */
let mails: TestMailServer;
let scene: Scene;
let desk: Page;
let phone: Page;
test.beforeAll(async () => {
  mails = await openMailServer();
  scene = await setScene({ environment: { SMTP_URL: mails.url, MAIL_FROM: 'Brenner Presses <help@example.org>' } });
  for (const { context } of [scene.expert, scene.customer]) await context.addInitScript(pretendPushService, signedUp());
  desk = await scene.expert.tab();
  phone = await scene.customer.tab();
});
test.afterAll(async () => {
  await scene.end();
  await mails.close();
});

/** What a browser would be given by its maker's push service, which no test can reach. */
const signedUp = () => openPushService().browser().subscription;
function pretendPushService(subscription: ReturnType<typeof signedUp>): void {
  const KEY = 'pretended-push';
  const made = { endpoint: subscription.endpoint, toJSON: () => subscription, unsubscribe: async () => true };
  const found = () => (localStorage.getItem(KEY) === null ? null : made);
  const pretend = (name: string, run: () => Promise<unknown>) =>
    Object.defineProperty(PushManager.prototype, name, { value: run, configurable: true });
  pretend('getSubscription', async () => found());
  pretend('subscribe', async () => {
    localStorage.setItem(KEY, 'yes');
    return made;
  });
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => {
    sessionStorage.setItem('asked-permission', 'yes');
    return ask();
  };
}

const at = (path: string) => `${scene.product.origin}${path}`;
const linkIn = (text: string | undefined) => /http:\/\/\S+\/(?:reset|invitation)\/[\w-]+/.exec(text ?? '')?.[0] ?? '';
const askFor = (subject: string, email?: string) =>
  askAs(scene.customer.context, scene.product.origin, requests.createRequest, {
    body: { place: { code: scene.code.id }, subject, ...(email === undefined ? {} : { email }) },
  });
const accept = (sessionId: string) =>
  askAs(scene.expert.context, scene.product.origin, requests.acceptRequest, { params: { sessionId } });
const expectAccessible = async (page: Page) => {
  const violations = await violationsOn(page);
  const said = violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))]);
  expect.soft(said, page.url()).toEqual([]);
};

test('C4 what is told is a line on every open page, but not where one is looking at it', async () => {
  const beside = await scene.expert.tab();
  await beside.goto(at('/inbox'));
  await expect(beside.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await desk.goto(at('/tickets'));
  await expect(desk.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  await phone.goto(scene.code.link);
  await expect(phone.getByRole('button', { name: 'Notifications' })).toBeVisible();
  const { sessionId } = await askFor('It stands');
  const told = desk.getByRole('link', { name: new RegExp(`${CUSTOMER} asks for a video session`) });
  await expect(told).toBeVisible();
  await expect(beside.getByRole('link', { name: /asks for a video session\./ })).toHaveCount(0);
  await told.click();
  await expect(desk).toHaveURL(at('/inbox'));
  await accept(sessionId);
  const answered = phone.getByRole('link', { name: /Nora Lind is ready for you/ });
  await expect(answered).toBeVisible();
  await expectAccessible(phone);
  await answered.click();
  await expect(phone).toHaveURL(new RegExp(`/s/${sessionId}`));
  await beside.close();
});

test('C4 an employee chooses what comes which way, and it is kept', async () => {
  await desk.goto(at('/account'));
  const box = desk.getByRole('checkbox', { name: 'Requests for a video session: Mail' });
  await expect(box).toBeChecked();
  await expectAccessible(desk);
  await box.uncheck();
  await desk.getByRole('checkbox', { name: 'Messages: Mail' }).check();
  await expect(desk.getByRole('checkbox', { name: 'Answers to what you asked for: Mail' })).toHaveCount(0);
  await desk.waitForLoadState('networkidle');
  await desk.reload();
  await expect(box).not.toBeChecked();
  await expect(desk.getByRole('checkbox', { name: 'Messages: Mail' })).toBeChecked();
  await box.check();
});

test('C4 push messages: asked for only at a click, shown by the service worker with their address', async () => {
  const { context } = scene.expert;
  await context.grantPermissions(['camera', 'microphone', 'notifications'], { origin: scene.product.origin });
  await desk.goto(at('/account'));
  const toggle = desk.getByRole('switch', { name: 'Push messages in this browser' });
  await expect(toggle).toBeEnabled();
  expect(await desk.evaluate(() => sessionStorage.getItem('asked-permission'))).toBeNull();
  const worker = context.waitForEvent('serviceworker');
  await toggle.click();
  await expect(toggle).toBeChecked();
  expect(await desk.evaluate(() => sessionStorage.getItem('asked-permission'))).toBe('yes');
  await desk.reload();
  await expect(toggle).toBeChecked();
  const running = await worker;
  expect(running.url()).toBe(at('/push-worker.js'));

  // Nobody looks at a page of ours: the message is shown by the system.
  await desk.goto('about:blank');
  await deliver(context, desk, { title: 'Rafael asks', text: 'It stands', path: '/inbox', tag: 'request:1' });
  await expect
    .poll(() => shown(running))
    .toEqual([{ title: 'Rafael asks', body: 'It stands', tag: 'request:1', data: { path: '/inbox' } }]);

  await desk.goto(at('/account'));
  await toggle.click();
  await expect(toggle).not.toBeChecked();
});

/** As the browser's push service does, past the network. */
async function deliver(context: BrowserContext, page: Page, message: object): Promise<void> {
  const session = await context.newCDPSession(page);
  const found = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    }),
  );
  await session.send('ServiceWorker.enable');
  const registrationId = await found;
  const { origin } = scene.product;
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(message) });
  await session.detach();
}
const shown = (worker: Worker) => worker.evaluate(readShown);
async function readShown() {
  const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
  const list = await registration.getNotifications();
  return list.map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown }));
}

test('C4 a customer opts in behind the bell, and asks for less', async () => {
  await phone.goto(scene.code.link);
  await phone.getByRole('button', { name: 'Notifications' }).click();
  const dialog = phone.getByRole('dialog', { name: 'Notifications' });
  await expect(dialog.getByRole('switch', { name: 'Push messages in this browser' })).toBeVisible();
  const box = dialog.getByRole('checkbox', { name: 'Reminders before a planned session: Mail' });
  await expect(box).toBeChecked();
  await expectAccessible(phone);
  expect(await phone.evaluate(() => sessionStorage.getItem('asked-permission'))).toBeNull();
  await box.uncheck();
  await phone.waitForLoadState('networkidle');
  await phone.reload();
  await phone.getByRole('button', { name: 'Notifications' }).click();
  await expect(box).not.toBeChecked();
});

test('C4 a request’s answer comes by mail, with a link that opens the session', async () => {
  const { sessionId } = await askFor('Oil on the floor', 'rafael@example.org');
  await accept(sessionId);
  const { parsed } = await mails.nextTo('rafael@example.org', 15_000);
  expect(parsed.subject).toBe('Nora Lind is ready for you');
  const link = /http:\/\/\S+\/s\/\S+/.exec(parsed.text ?? '')?.[0] ?? '';
  await phone.goto(link);
  await expect(phone.getByRole('button', { name: 'Join', exact: true })).toBeVisible();
});

test('C4 the settings page says how mails leave, and sends one', async () => {
  await desk.goto(at('/settings'));
  await expect(desk.getByText('Brenner Presses <help@example.org>')).toBeVisible();
  await desk.getByRole('button', { name: 'Send a mail to me' }).click();
  await expect(desk.getByText(`A mail to ${admin.email} is on its way.`)).toBeVisible();
  await expect
    .poll(() => mails.arrived.map(({ parsed }) => parsed.subject), { timeout: 15_000 })
    .toContain('Mails from Sightglass arrive');
});

test('C9 an invitation comes by mail, and its own link leads in', async () => {
  await desk.goto(at('/members?dialog=invite'));
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill('ines@example.org');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  await expect(dialog.getByText('A mail with this link is on its way to ines@example.org.')).toBeVisible();
  const { parsed } = await mails.nextTo('ines@example.org', 15_000);
  const context = await scene.expert.browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(linkIn(parsed.text));
  await page.getByLabel('Your name').fill('Ines Prado');
  await page
    .getByLabel('Password')
    .first()
    .fill(`pass ${randomBytes(6).toString('hex')}`);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  await context.close();
});

test('C9 a forgotten password is replaced by the mail’s own link, once, and ends every other login', async () => {
  const context = await scene.expert.browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(at('/sign-in'));
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await page.getByLabel('E-mail address').fill(admin.email);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  const isReset = () => mails.arrived.map(({ parsed }) => linkIn(parsed.text)).find((link) => link.includes('/reset/'));
  await expect.poll(isReset, { timeout: 15_000 }).toBeTruthy();
  const link = isReset() ?? '';
  await page.goto(link);
  await expect(page.getByText(`For ${admin.email}.`)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('New password').first().fill('seven quiet blue rivers');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  // The other browser was signed in, with a page open.
  await desk.goto(at('/tickets'));
  await expect(desk.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible();
  await desk.getByLabel('E-mail address').fill(admin.email);
  await desk.getByLabel('Password').first().fill('seven quiet blue rivers');
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await expect(desk.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  expect((await askAs(scene.expert.context, scene.product.origin, access.readMe)).member.email).toBe(admin.email);
  await context.close();
});
