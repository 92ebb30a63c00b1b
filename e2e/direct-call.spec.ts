import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import { changePolicies, readPolicies } from '#contract/access/policies.ts';
import * as sessions from '#contract/session/http.ts';
import { violationsOn } from './harness/accessible.ts';
import { askAs } from './harness/api.ts';
import { keepPicture } from './harness/keep-picture.ts';
import { expectMovingPicture, expectSound } from './harness/media.ts';
import { CUSTOMER, EXPERT, MACHINE, type Scene, setScene } from './harness/scene.ts';

/** A12 with two experts, one of them with two tabs, and two phones, by their pages. */
const COLLEAGUE = 'Carl Berg';
const SECOND = 'Ines Prado';
let scene: Scene;
let carl: BrowserContext;
let ines: BrowserContext;

test.beforeAll(async () => {
  scene = await setScene();
  const { origin } = scene.product;
  carl = await scene.expert.browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    permissions: ['camera', 'microphone'],
  });
  const body = { email: 'carl@example.org', role: 'expert' };
  const { link } = await askAs(scene.expert.context, origin, access.invite, { body });
  const secret = link.split('/').at(-1) ?? '';
  const joins = { name: COLLEAGUE, password: 'four small green apples' };
  await askAs(carl, origin, access.acceptInvitation, { params: { secret }, body: joins });
  ines = await scene.customer.browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'en-GB',
    permissions: ['camera', 'microphone'],
  });
  const key = { link: scene.code.link.split('/').at(-1) };
  await askAs(ines, origin, access.enterCode, { body: { key, displayName: SECOND } });
});
test.afterAll(() => scene.end());
test.afterEach(async () => {
  for (const context of [scene.expert.context, scene.customer.context, carl, ines]) {
    for (const page of context.pages()) await page.close();
  }
});

const open = async (context: BrowserContext, path: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(scene.product.origin + path);
  return page;
};
const desk = (context: BrowserContext, path = '/tickets') => open(context, path);
const codePage = async (context: BrowserContext) => {
  const page = await context.newPage();
  await page.goto(`${scene.code.link}#tickets`);
  return page;
};
/** Direct calls as a manager has switched them on, without office hours. */
const allow = async () => {
  const { origin } = scene.product;
  const { context } = scene.expert;
  const policies = await askAs(context, origin, readPolicies);
  const officeHours = { ...policies.officeHours, enabled: false };
  const directCall = { enabled: true, ringSeconds: 120 };
  await askAs(context, origin, changePolicies, { body: { policies: { ...policies, directCall, officeHours } } });
  const params = { codeId: scene.code.id };
  await askAs(context, origin, access.updateCode, { params, body: { directCall: true } });
};
const ring = (page: Page) => page.getByRole('alertdialog');
const callNow = (page: Page) => page.getByRole('button', { name: 'Call now' });
const leave = (page: Page) => page.getByRole('button', { name: 'Leave the session' });
/** A desk that counts as there: its switch says so. */
const ready = async (page: Page, state = 'Available') => {
  await expect(page.locator('.side .availability')).toContainText(state);
};

test('A12 direct calls are off until a manager switches them on, for the organization and for the code', async () => {
  const phone = await codePage(scene.customer.context);
  await expect(phone.getByRole('heading', { name: MACHINE })).toBeVisible();
  await expect(callNow(phone)).toHaveCount(0);

  const page = await desk(scene.expert.context, '/settings');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.getByRole('switch', { name: 'Customers may call directly' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await ready(page);
  await page.getByRole('switch', { name: 'We have office hours' }).click();
  await keepPicture(page, 'direct-call-settings', { fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await keepPicture(page, 'direct-call-settings-phone', { fullPage: true });
  expect(await violationsOn(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(`${scene.product.origin}/codes/${scene.code.id}`);
  await page.getByRole('switch', { name: 'Customers with this code may call directly' }).click();
  await expect(page.getByRole('switch', { name: 'Customers with this code may call directly' })).toBeChecked();
  await keepPicture(page, 'direct-call-code');
  await phone.reload();
  await expect(callNow(phone)).toBeVisible();
  await keepPicture(phone, 'direct-call-call-now');
  expect(await violationsOn(phone)).toEqual([]);
});

test('A12 settings that are not saved are not lost without a question', async () => {
  const page = await desk(scene.expert.context, '/settings');
  const hours = page.getByLabel('Hours that a request waits');
  const kept = await hours.inputValue();
  await hours.fill('99');
  const toCodes = page.getByRole('navigation').getByRole('link', { name: 'Codes' });
  const question = page.getByRole('dialog', { name: 'You have changes that are not saved' });
  await toCodes.click();
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toBeHidden();
  await expect(hours).toHaveValue('99');

  // The browser asks in its own words before the page is gone.
  const asked = page.waitForEvent('dialog');
  await page.evaluate(() => void setTimeout(() => location.reload()));
  const browsers = await asked;
  expect(browsers.type()).toBe('beforeunload');
  await browsers.dismiss();
  await expect(hours).toHaveValue('99');

  await toCodes.click();
  await question.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page).toHaveURL(/\/codes$/);
  await page.goBack();
  await expect(hours).toHaveValue(kept);
  // What is saved, or as it was, is left without a question.
  await hours.fill('99');
  await hours.fill(kept);
  await toCodes.click();
  await expect(page).toHaveURL(/\/codes$/);
});

test('A12 it rings in every tab of both experts; one answers, it stops everywhere, and both are in the session', async () => {
  await allow();
  const nora = [await desk(scene.expert.context, '/inbox'), await desk(scene.expert.context, '/codes')] as const;
  const other = await desk(carl, '/account');
  for (const page of [...nora, other]) await ready(page);
  const phone = await codePage(scene.customer.context);
  await callNow(phone).click();
  await expect(phone.getByText('It is ringing…')).toBeVisible();
  for (const page of [...nora, other]) {
    await expect(ring(page)).toContainText(`${CUSTOMER} is calling`);
    await expect(ring(page)).toContainText(MACHINE);
    await expect(ring(page)).toContainText(/waiting for \d+ s/);
  }
  // It has a place of its own: nothing of the page is under it.
  for (const size of [
    { width: 1024, height: 700 },
    { width: 1440, height: 900 },
  ]) {
    await nora[0].setViewportSize(size);
    const bar = await ring(nora[0]).boundingBox();
    const below = await nora[0].locator('#main').boundingBox();
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
  }
  // One of the pages of each browser sounds, and the title tells who is calling.
  await expect
    .poll(async () => {
      const sounds = await Promise.all(nora.map((page) => ring(page).getAttribute('data-sound')));
      return sounds.toSorted();
    })
    .toEqual(['silent', 'sounding']);
  await expect.poll(() => other.title()).toBe(`${CUSTOMER} is calling`);
  await expectMovingPicture(phone, 'your camera', 'customer');
  await keepPicture(other, 'direct-call-ring');
  await keepPicture(phone, 'direct-call-calling');
  expect(await violationsOn(other)).toEqual([]);
  expect(await violationsOn(phone)).toEqual([]);

  await ring(nora[0]).getByRole('button', { name: 'Answer' }).click();
  for (const page of [nora[1], other]) {
    await expect(ring(page)).toHaveCount(0);
    await expect(page.getByText(`${EXPERT} has answered the call from ${CUSTOMER}.`)).toBeVisible();
    await expect.poll(() => page.title()).not.toContain('calling');
  }
  // Neither side has clicked anything more.
  for (const page of [nora[0], phone]) {
    await expect(leave(page)).toBeVisible();
    await expect(page.getByLabel('Status')).toHaveText('In progress');
  }
  await expectMovingPicture(nora[0], CUSTOMER, 'customer');
  await expectMovingPicture(phone, EXPERT, 'expert');
  await expectSound(nora[0]);
  await expectSound(phone);

  // Who is in a session is busy: the next call rings at the colleague alone.
  await ready(nora[1], 'Busy: in a session');
  const secondPhone = await codePage(ines);
  await callNow(secondPhone).click();
  await expect(ring(other)).toContainText(`${SECOND} is calling`);
  await expect(ring(nora[0])).toHaveCount(0);
  await expect(ring(nora[1])).toHaveCount(0);
  await other.keyboard.press('Alt+Enter');
  await expect(leave(other)).toBeVisible();
  await expect(leave(secondPhone)).toBeVisible();
  await keepPicture(nora[0], 'direct-call-in-session');
  // Nobody is busy in the next test.
  for (const page of [nora[0], other]) {
    const params = { sessionId: new URL(page.url()).pathname.split('/')[2] ?? '' };
    await askAs(page.context(), scene.product.origin, sessions.endSession, { params });
  }
});

test('A12 everybody declines: the call becomes a request, and the customer reads what happens next', async () => {
  await allow();
  const nora = await desk(scene.expert.context);
  const other = await desk(carl);
  for (const page of [nora, other]) await ready(page);
  const phone = await codePage(ines);
  await callNow(phone).click();
  await ring(nora).getByRole('button', { name: 'Decline' }).click();
  await expect(ring(nora)).toHaveCount(0);
  await expect(ring(other)).toBeVisible();
  await expect(phone.getByText('It is ringing…')).toBeVisible();
  await other.keyboard.press('Alt+Backspace');
  await expect(
    phone.getByRole('heading', { name: 'Nobody could answer. We have taken this as a request.' }),
  ).toBeVisible();
  await keepPicture(phone, 'direct-call-missed');
  expect(await violationsOn(phone)).toEqual([]);
  await nora.goto(`${scene.product.origin}/inbox`);
  await expect(nora.getByRole('main')).toContainText(SECOND);
  await phone.getByRole('link', { name: 'See your request' }).click();
  await expect(phone.getByRole('heading', { name: MACHINE })).toBeVisible();
});

test('A12 the caller hangs up: it is quiet at once; a page that is gone hangs up by itself', async () => {
  await allow();
  const nora = await desk(scene.expert.context);
  await ready(nora);
  const phone = await codePage(scene.customer.context);
  await callNow(phone).click();
  await expect(ring(nora)).toBeVisible();
  await expect(phone.getByText('It is ringing…')).toBeVisible();
  // Opened anew it goes on calling.
  await phone.reload();
  await expect(phone.getByText('It is ringing…')).toBeVisible();
  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect(ring(nora)).toHaveCount(0);
  await expect(nora.getByText(`The call from ${CUSTOMER} does not ring any more.`)).toBeVisible();
  await expect(phone.getByRole('heading', { name: MACHINE })).toBeVisible();

  await callNow(phone).click();
  await expect(ring(nora)).toBeVisible();
  // It rings before the phone has turned to its next page, and a page that is closed on its way there is not closed.
  await expect(phone.getByText('It is ringing…')).toBeVisible();
  await phone.close();
  await expect(ring(nora)).toHaveCount(0, { timeout: 40_000 });
});

test('A12 nobody is available, or it is outside of the office hours: the customer is told, live', async () => {
  await allow();
  const phone = await codePage(scene.customer.context);
  await expect(phone.getByText('Nobody is free to take a call right now.')).toBeVisible();
  const nora = await desk(scene.expert.context);
  await ready(nora);
  await expect(callNow(phone)).toBeVisible();
  await nora.getByRole('switch', { name: 'Calls ring for me' }).first().click();
  await ready(nora, 'Away');
  await expect(phone.getByText('Nobody is free to take a call right now.')).toBeVisible();
  await nora.getByRole('switch', { name: 'Calls ring for me' }).first().click();
  await expect(callNow(phone)).toBeVisible();

  const { origin } = scene.product;
  const policies = await askAs(scene.expert.context, origin, readPolicies);
  const week = policies.officeHours.week.map(() => null);
  const officeHours = { ...policies.officeHours, enabled: true, week, message: 'We are on holiday.' };
  await askAs(scene.expert.context, origin, changePolicies, { body: { policies: { ...policies, officeHours } } });
  await expect(phone.getByText('We are on holiday.')).toBeVisible();
  await expect(callNow(phone)).toHaveCount(0);
  await keepPicture(phone, 'direct-call-closed');
});
