import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import * as files from '#contract/file/http.ts';
import { endSession } from '#contract/session/http.ts';
import { askAs } from './harness/api.ts';
import { keepPicture } from './harness/keep-picture.ts';
import { meet, openSession, type Scene, setScene } from './harness/scene.ts';

/** A4 with two experts and two phones, by their pages: what is hidden vanishes everywhere at once, and comes back. */
const GONE = 'This page is not available any more';
let scene: Scene;
let carl: BrowserContext;
let ines: BrowserContext;

test.beforeAll(async () => {
  scene = await setScene();
  const { origin } = scene.product;
  carl = await scene.expert.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const body = { email: 'carl@example.org', role: 'expert' };
  const { link } = await askAs(scene.expert.context, origin, access.invite, { body });
  const secret = link.split('/').at(-1) ?? '';
  const joins = { name: 'Carl Berg', password: 'four small green apples' };
  await askAs(carl, origin, access.acceptInvitation, { params: { secret }, body: joins });
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' };
  ines = await scene.customer.browser.newContext(phone);
  const key = { link: scene.code.link.split('/').at(-1) };
  await askAs(ines, origin, access.enterCode, { body: { key, displayName: 'Ines Prado' } });
});
test.afterEach(async () => {
  for (const context of [scene.expert.context, scene.customer.context, carl, ines])
    for (const page of context.pages()) await page.close();
});
test.afterAll(() => scene.end());

const open = async (context: BrowserContext, path: string) => {
  const page = await context.newPage();
  await page.goto(path.startsWith('http') ? path : `${scene.product.origin}${path}`);
  return page;
};
const isGone = async (page: Page) => {
  await expect(page.getByRole('heading', { name: GONE })).toBeVisible();
  // Nothing on it says what it was.
  await expect(page.getByText('The ram stops')).toHaveCount(0);
  await expect(page).not.toHaveTitle(/The ram stops/);
};

test('A4 what a session has left vanishes from every open page of the customers at once, and comes back', async () => {
  const { sessionId, ticketId } = await scene.newSession('The ram stops');
  const { desk, phone } = await meet(scene, sessionId);
  await expect(desk.getByRole('button', { name: 'Take a screenshot' }).first()).toBeVisible();
  await desk.keyboard.press('s');
  const shots = () =>
    askAs(scene.expert.context, scene.product.origin, files.listScreenshots, { params: { sessionId } });
  await expect
    .poll(async () => (await shots()).screenshots.map(({ versions }) => versions.length), { timeout: 30_000 })
    .toEqual([1]);
  await askAs(scene.expert.context, scene.product.origin, endSession, { params: { sessionId } });
  for (const page of [desk, phone]) await expect(page.getByRole('heading', { name: 'Transcript' })).toBeVisible();

  const colleague = await open(carl, `/tickets/${ticketId}`);
  const thread = await open(ines, `${scene.code.link}#ticket-${ticketId}`);
  const viewer = await openSession(scene, 'customer', sessionId);
  await viewer.getByRole('button', { name: 'Open screenshot 1' }).first().click();
  await expect(viewer.getByRole('dialog')).toBeVisible();
  const card = thread.getByRole('link', { name: 'Open the record' });
  await expect(card).toBeVisible();
  await keepPicture(desk, 'record');

  await desk.getByRole('button', { name: 'Hide from the customer…' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Hide this session from the customer?' });
  await expect(dialog).toContainText('It disappears for the customer at once');
  await expect(dialog).not.toContainText('It goes on for those who are in it now');
  await keepPicture(desk, 'dialog');
  await dialog.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(desk.getByText('Employees only', { exact: true })).toBeVisible();

  await isGone(phone);
  await isGone(viewer);
  await keepPicture(phone, 'gone');
  await expect(card).toHaveCount(0);
  await expect(thread.getByText('Video session', { exact: true })).toHaveCount(0);
  await expect(thread.getByText('Rafael Costa opened this ticket')).toBeVisible();
  await expect(colleague.getByRole('button', { name: 'Employees only' })).toBeVisible();
  await keepPicture(colleague, 'ticket');
  await phone.reload();
  await expect(phone.getByRole('heading', { name: 'There is no session here for you' })).toBeVisible();

  // The other expert shows it again, from the card in the ticket.
  await colleague.getByRole('button', { name: 'More about this session' }).click();
  await colleague.getByRole('menuitem', { name: 'Show to the customer…' }).click();
  await colleague.getByRole('dialog').getByRole('button', { name: 'Show', exact: true }).click();
  await expect(card).toBeVisible();
  await expect(desk.getByText('Visible to the customer', { exact: true })).toBeVisible();
  await phone.reload();
  await expect(phone.getByRole('heading', { name: 'Transcript' })).toBeVisible();
});

test('A4 a running session that is hidden goes on for those who are in it, and is gone for the customer afterwards', async () => {
  const { sessionId, ticketId } = await scene.newSession('The ram stops');
  const { desk, phone } = await meet(scene, sessionId);
  const list = await open(ines, scene.code.link);
  const before = await open(ines, `/s/${sessionId}?as=code`);
  const other = await open(scene.customer.context, `${scene.code.link}#ticket-${ticketId}`);
  const colleague = await open(carl, `/tickets/${ticketId}`);
  await expect(before.getByRole('heading', { name: 'The ram stops' })).toBeVisible();
  const ways = [list, other].map((page) => page.getByRole('link', { name: 'Join' }).first());
  for (const way of ways) await expect(way).toBeVisible();

  const menu = desk.getByRole('complementary', { name: 'Side menu' });
  await menu.getByRole('tab', { name: 'Participants' }).click();
  await keepPicture(desk, 'in-session');
  await menu.getByRole('button', { name: 'Hide from the customer…' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Hide this session from the customer?' });
  await expect(dialog).toContainText('It goes on for those who are in it now');
  await keepPicture(desk, 'dialog-running');
  await dialog.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(menu.getByText('Employees only', { exact: true })).toBeVisible();

  for (const way of ways) await expect(way).toHaveCount(0);
  await isGone(before);
  await expect(colleague.getByRole('button', { name: 'Employees only' })).toBeVisible();

  // They go on: what one says the other hears, and the pictures move.
  await menu.getByRole('tab', { name: 'Chat' }).click();
  await desk.getByRole('textbox', { name: /message/i }).fill('Only we two now.');
  await desk.keyboard.press('Enter');
  await expect(phone.getByText('Only we two now.').first()).toBeVisible();
  const picture = phone.locator('video').first();
  const at = await picture.evaluate((video: HTMLVideoElement) => video.currentTime);
  await expect.poll(() => picture.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(at + 0.5);
  // They reload the page, and are back in.
  await phone.reload();
  await expect(phone.getByRole('button', { name: 'Leave the session' })).toBeVisible();

  await phone.getByRole('button', { name: 'Leave the session' }).click();
  const choice = phone.getByRole('menuitem', { name: /Leave/ });
  if (await choice.isVisible()) await choice.click();
  await isGone(phone);
  await expect(phone.getByText('You have left the session.')).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Join again' })).toHaveCount(0);
  await keepPicture(phone, 'left');
  await phone.reload();
  await expect(phone.getByRole('heading', { name: 'There is no session here for you' })).toBeVisible();
  await expect(desk.getByRole('button', { name: 'Leave the session' })).toBeVisible();
});
