import { expect, type Page, test } from '@playwright/test';
import type { TicketId } from '#contract/ids.ts';
import * as tickets from '#contract/ticket/http.ts';
import { violationsOn } from './harness/accessible.ts';
import { askAs } from './harness/api.ts';
import { type Scene, setScene } from './harness/scene.ts';

/** The Messenger where it is hard: lost messages, refused ones, long threads. The easy way is in ways-in.spec.ts. */
let scene: Scene;
let phone: Page;
test.beforeAll(async () => {
  scene = await setScene();
  phone = await scene.customer.tab();
});
test.afterAll(async () => scene.end());

const MESSAGES = '**/api/tickets/*/messages';
const thread = () => phone.getByLabel('Thread');
const field = () => phone.getByLabel('Message', { exact: true });
const write = async (text: string) => {
  await field().fill(text);
  await phone.keyboard.press('Enter');
};
const open = async (ticketId: TicketId) => {
  await phone.goto(`${scene.code.link}#ticket-${ticketId}`);
  await expect(field()).toBeVisible();
};
const say = (ticketId: TicketId, text: string) =>
  askAs(scene.expert.context, scene.product.origin, tickets.sayInTicket, { params: { ticketId }, body: { text } });
const saidIn = async (ticketId: TicketId) => {
  const parts = { params: { ticketId } };
  const { events } = await askAs(scene.expert.context, scene.product.origin, tickets.ticketEvents, parts);
  return events.flatMap(({ body }) => (body.kind === 'message-said' ? [body.text] : []));
};
/** A ticket's row on the code's page; a notification of it is another link. */
const inList = (ticketId: string) => phone.locator(`a[href="#ticket-${ticketId}"]`);
const expectAccessible = async () => {
  const violations = await violationsOn(phone);
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))])).toEqual([]);
};

test('C3 messages that could not be sent outlive a reload and then go out in order, once', async () => {
  const ticketId = await scene.newTicket('Reloaded');
  await open(ticketId);
  await phone.route(MESSAGES, (route) => route.abort());
  for (const text of ['one', 'two', 'three']) await write(text);
  await expect(thread().getByText('Waiting for the connection').first()).toBeVisible();
  await phone.reload();
  await expect(thread().getByText('three', { exact: true })).toBeVisible();
  expect(await saidIn(ticketId)).toEqual([]);
  await phone.unroute(MESSAGES);
  await expect(thread().getByText('Waiting for the connection')).toHaveCount(0, { timeout: 30_000 });
  await expect.poll(() => saidIn(ticketId)).toEqual(['one', 'two', 'three']);
});

test('C3 an answer that gets lost makes no second message', async () => {
  const ticketId = await scene.newTicket('Answer lost');
  await open(ticketId);
  let lost = 0;
  await phone.route(MESSAGES, async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await write('only once');
  await write('and then this');
  await expect.poll(() => saidIn(ticketId), { timeout: 20_000 }).toEqual(['only once', 'and then this']);
  await expect(thread().getByText('only once', { exact: true })).toHaveCount(1);
  await phone.unroute(MESSAGES);
});

test('a refused message says why, and can be sent again or deleted', async () => {
  const ticketId = await scene.newTicket('Refused');
  await open(ticketId);
  const refuse = JSON.stringify({ error: { code: 'too-large' } });
  await phone.route(MESSAGES, (route) => route.fulfill({ status: 413, contentType: 'application/json', body: refuse }));
  await write('first');
  await write('second');
  await expect(thread().getByText('Not sent. This is too long to be sent.')).toHaveCount(2);
  await expectAccessible();
  await phone.unroute(MESSAGES);
  await thread().getByRole('button', { name: 'Try again' }).first().click();
  await expect(thread().getByText('Not sent.')).toHaveCount(1);
  await thread().getByRole('button', { name: 'Delete' }).click();
  await expect(thread().getByText('second')).toHaveCount(0);
  await expect.poll(() => saidIn(ticketId)).toEqual(['first']);
});

test('C3 what is being written outlives a reload', async () => {
  await open(await scene.newTicket('Half a sentence'));
  await field().fill('The left screw is');
  await phone.reload();
  await expect(field()).toHaveValue('The left screw is');
  await field().fill('');
});

test('a long thread comes in pages and stays where the reader is', async () => {
  const ticketId = await scene.newTicket('Long');
  for (let n = 1; n <= 260; n++) await say(ticketId, `line ${n}`);
  await open(ticketId);
  await expect(thread().getByText('line 1', { exact: true })).toBeInViewport();
  await thread().evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await phone.getByRole('link', { name: 'Back' }).click();
  await expect(inList(ticketId)).not.toContainText('new message');
  await inList(ticketId).click();
  await expect(thread().getByText('line 260', { exact: true })).toBeInViewport();
  expect(await thread().getByRole('listitem').count()).toBeLessThan(200);

  const shift = await thread().evaluate(async (box) => {
    box.scrollTop = 120;
    const seen = [...box.querySelectorAll('li p')].find((line) => line.getBoundingClientRect().top > 250);
    const before = seen?.getBoundingClientRect().top ?? 0;
    const lines = box.querySelectorAll('li').length;
    while (box.querySelectorAll('li').length === lines) await new Promise((done) => setTimeout(done, 50));
    return Math.abs((seen?.getBoundingClientRect().top ?? 0) - before);
  });
  expect(shift).toBeLessThan(2);

  await say(ticketId, 'something new below');
  const down = phone.getByRole('button', { name: 'New messages' });
  await expect(down).toBeVisible();
  await expectAccessible();
  await down.click();
  await expect(thread().getByText('something new below')).toBeInViewport();
  await expect(down).toBeHidden();
});

test('the unread line stands where the reader stopped', async () => {
  const ticketId = await scene.newTicket('Unread', 'It leaks.');
  await say(ticketId, 'Where?');
  await open(ticketId);
  await expect(thread().getByText('Where?')).toBeVisible();
  await phone.getByRole('link', { name: 'Back' }).click();
  await expect(inList(ticketId)).not.toContainText('new message');
  await say(ticketId, 'Which flange?');
  await expect(inList(ticketId)).toContainText('1 new message');
  await inList(ticketId).click();
  await expect(thread().locator('li').filter({ hasText: /^New$/ })).toBeVisible();
  const lines = await thread().locator('li').allTextContents();
  const at = lines.indexOf('New');
  expect(lines[at - 1]).toContain('Where?');
  expect(lines[at + 1]).toContain('Which flange?');
});

test('C7 each screen of the code’s page is accessible, light and dark, down to 320 pixels', async () => {
  await phone.goto(`${scene.product.origin}/c`);
  await expect(phone.getByRole('heading', { name: 'Type your code' })).toBeVisible();
  await expectAccessible();
  const { ticketId } = await scene.newSession('With a session');
  for (const colorScheme of ['light', 'dark'] as const) {
    await phone.emulateMedia({ colorScheme });
    await phone.goto(scene.code.link);
    await expect(phone.getByRole('link', { name: 'Join' })).toBeVisible();
    await expectAccessible();
    await open(ticketId);
    await expect(phone.getByRole('link', { name: 'Join' })).toHaveCount(2);
    await expectAccessible();
  }
  await phone.goto(`${scene.code.link}#new`);
  await phone.getByRole('button', { name: 'Send' }).click();
  await expect(phone.getByText('Please say what it is about.')).toBeVisible();
  await expectAccessible();
  await phone.setViewportSize({ width: 320, height: 568 });
  for (const place of ['#tickets', '#new', `#ticket-${ticketId}`]) {
    await phone.goto(scene.code.link + place);
    await expect(phone.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  }
});
