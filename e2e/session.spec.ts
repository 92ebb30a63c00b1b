import { expect, type Page, test } from '@playwright/test';
import { keepPicture } from './harness/keep-picture.ts';
import { expectMovingPicture, expectNoNewPictures, expectSilence, expectSound, pictureOf } from './harness/media.ts';
import { CUSTOMER, EXPERT, joinButton, meet, type Scene, setScene } from './harness/scene.ts';

let scene: Scene;
test.beforeAll(async () => {
  scene = await setScene({ sharp: true });
});
test.afterAll(() => scene.end());
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) {
    for (const page of context.pages()) await page.close();
  }
});

test('A10 a session from the Messenger: a card with Join on both sides, and both meet', async () => {
  const { origin } = scene.product;
  const ticketId = await scene.newTicket('Guard does not close', 'The red light blinks.');
  const desk = await scene.expert.tab();
  const phone = await scene.customer.tab();
  await desk.goto(`${origin}/tickets/${ticketId}`);
  await phone.goto(`${scene.code.link}#ticket-${ticketId}`);
  await expect(phone.getByText('The red light blinks.')).toBeVisible();

  await desk.getByRole('button', { name: 'Start video session' }).click();
  const deskCard = desk.getByLabel('Thread').getByRole('link', { name: 'Join' });
  const phoneCard = phone.getByLabel('Thread').getByRole('link', { name: 'Join' });
  await expect(deskCard).toBeVisible();
  await expect(phoneCard).toBeVisible();
  await expect(phone.getByLabel('Thread').getByText('Nobody is in it yet')).toBeVisible();

  await deskCard.click();
  await joinButton(desk).click();
  await expect(desk.getByLabel('Status')).toHaveText('Waiting');
  await expect(phone.getByLabel('Thread').getByText(`${EXPERT} is waiting for you`)).toBeVisible();
  await phoneCard.click();
  await expect(phone.getByText(`${EXPERT} is waiting for you`)).toBeVisible();
  await joinButton(phone).click();
  for (const page of [desk, phone]) await expect(page.getByLabel('Status')).toHaveText('In progress');
  await expect(desk.getByText(/Ticket \d+: Guard does not close/)).toBeVisible();
  await keepPicture(desk, 'session-desk');
  await keepPicture(phone, 'session-phone');
});

test('A1 moving pictures and audible sound go both ways, the first picture 1280 wide', async () => {
  const { sessionId } = await scene.newSession('Oil under the press');
  const { desk, phone } = await meet(scene, sessionId);
  const fromPhone = await expectMovingPicture(desk, CUSTOMER, 'customer');
  const fromDesk = await expectMovingPicture(phone, EXPERT, 'expert');
  expect([fromPhone.width, fromPhone.height]).toEqual([1280, 720]);
  expect([fromDesk.width, fromDesk.height]).toEqual([1280, 720]);
  const firstOf = (page: typeof desk, name: string) =>
    page.evaluate((label) => window.probe.firstPictures.find((one) => one.label === label), `Picture of ${name}`);
  expect(await firstOf(desk, CUSTOMER)).toMatchObject({ width: 1280, height: 720 });
  expect(await firstOf(phone, EXPERT)).toMatchObject({ width: 1280, height: 720 });
  await expectSound(desk);
  await expectSound(phone);
  // What each sees of themselves is their own camera.
  await expectMovingPicture(desk, 'You', 'expert');
  await expectMovingPicture(phone, 'You', 'customer');
});

test('A8 B2 the duration starts with both, is the same on both screens, and right after a reload', async () => {
  const { sessionId } = await scene.newSession('Belt slips');
  const { desk, phone } = await meet(scene, sessionId);
  /** What the clock shows, and when it did: one page is read after the other, and this machine may be busy. */
  const clockOn = (page: Page) =>
    page.getByRole('banner').evaluate((bar) => {
      const [, minutes = 'x', seconds = 'x'] = /(\d+):(\d\d)/.exec(bar.textContent ?? '') ?? [];
      return { shown: Number(minutes) * 60 + Number(seconds), at: Date.now() / 1000 };
    });
  const startOf = ({ shown, at }: { shown: number; at: number }) => at - shown;
  const apart = async () => Math.abs(startOf(await clockOn(desk)) - startOf(await clockOn(phone)));
  await expect.poll(async () => (await clockOn(desk)).shown).toBeGreaterThanOrEqual(4);
  // Both show whole seconds, so two equal clocks may differ by almost one.
  await expect.poll(apart).toBeLessThan(1.1);
  const before = await clockOn(phone);
  await phone.reload();
  await expect(phone.getByRole('banner')).toContainText(/\d+:\d\d/);
  expect(startOf(before) - startOf(await clockOn(phone))).toBeLessThan(1.1);
  await expect.poll(apart).toBeLessThan(1.1);
});

test('B3 microphone and camera are switched without touching each other, by button and by key', async () => {
  const { sessionId } = await scene.newSession('Valve hisses');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await expectSound(desk);

  await phone.getByRole('button', { name: 'Switch the camera off' }).click();
  await expect(desk.getByText(`${CUSTOMER} has the camera off`)).toBeVisible();
  await expectNoNewPictures(desk, CUSTOMER);
  await expectSound(desk);
  await phone.getByRole('button', { name: 'Switch the camera on' }).click();
  await expectMovingPicture(desk, CUSTOMER, 'customer');

  await phone.getByRole('button', { name: 'Switch the microphone off' }).click();
  await expect(desk.getByText('microphone off').first()).toBeAttached();
  await expectSilence(desk);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await phone.getByRole('button', { name: 'Switch the microphone on' }).click();
  await expectSound(desk);

  await desk.keyboard.press('m');
  await expect(desk.getByRole('button', { name: 'Switch the microphone on' })).toBeVisible();
  await expectSilence(phone);
  await desk.keyboard.press('m');
  await expectSound(phone);
});

test('B6 one leaves and comes back; end for all ends it for both', async () => {
  const { sessionId, ticketId } = await scene.newSession('Sensor is blind');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await phone.getByRole('button', { name: 'Leave the session' }).click();
  await expect(phone.getByRole('heading', { name: 'You have left the session' })).toBeVisible();
  await expect(desk.getByText(`${CUSTOMER} has left. The session stays open.`)).toBeVisible();
  await expect(desk.getByLabel('Status')).toHaveText('In progress');
  await phone.getByRole('button', { name: 'Join again' }).click();
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await expectSound(desk);

  // Only employees are offered the end.
  await expect(phone.getByRole('button', { name: 'Leave or end for all' })).toHaveCount(0);
  await desk.getByRole('button', { name: 'Leave or end for all' }).click();
  await desk.getByRole('menuitem', { name: 'End for all' }).click();
  for (const page of [desk, phone]) {
    // The record takes the place of the farewell as soon as its file is here.
    await expect(page.getByRole('heading', { name: 'Sensor is blind' })).toBeVisible();
    await expect(page.getByText('The session has ended', { exact: true })).toBeVisible();
    await expect(page.locator('dt', { hasText: 'How long' }).locator('+ dd')).toHaveText(/^\d+:\d\d/);
  }
  expect((await scene.log(sessionId)).at(-1)).toMatchObject({ kind: 'status-changed', to: 'ended' });
  await desk.getByRole('link', { name: /^Back to ticket/ }).click();
  await expect(desk).toHaveURL(new RegExp(`/tickets/${ticketId}$`));
  await expect(desk.getByLabel('Thread').getByText(/^Ended after/)).toBeVisible();
});

test('B11 B12 the side menu: transcript with every event, participants, settings; it folds away', async () => {
  const { sessionId } = await scene.newSession('Gear grinds');
  const { desk, phone } = await meet(scene, sessionId);
  const menu = desk.getByRole('complementary', { name: 'Side menu' });
  await expect(menu).toBeVisible();
  const chat = desk.getByRole('log', { name: 'Chat' });
  for (const words of [
    `${EXPERT} created the session`,
    /Linked to ticket \d+: Gear grinds/,
    `${EXPERT} joined`,
    `${CUSTOMER} joined`,
    'The session is in progress',
  ]) {
    await expect(chat.getByText(words)).toBeVisible();
  }
  await desk.getByLabel('Message').fill('Can you open the <b>cover</b>?');
  await desk.keyboard.press('Enter');
  await expect(chat.getByText('Can you open the <b>cover</b>?')).toBeVisible();
  // On the phone the menu is folded; what is unread is counted on its button.
  await phone.getByRole('button', { name: 'Chat, 1 unread' }).click();
  await expect(phone.getByRole('log', { name: 'Chat' }).getByText('Can you open the <b>cover</b>?')).toBeVisible();
  await phone.getByLabel('Message').fill('It is open.');
  await phone.getByRole('button', { name: 'Send' }).click();
  await expect(chat.getByText('It is open.')).toBeVisible();

  await menu.getByRole('tab', { name: 'Participants' }).click();
  const people = menu.getByRole('listitem');
  await expect(people.filter({ hasText: `${EXPERT} (you)` })).toContainText('joined, expert');
  await expect(people.filter({ hasText: CUSTOMER })).toContainText('joined, customer');
  await menu.getByRole('tab', { name: 'Settings' }).click();
  await expect(menu.getByLabel('Camera', { exact: true })).toBeVisible();
  await menu.getByRole('button', { name: 'Fold away' }).click();
  await expect(menu).toHaveCount(0);
  await expect(pictureOf(desk, CUSTOMER)).toBeVisible();
  await desk.getByRole('button', { name: 'Participants' }).click();
  await expect(menu).toBeVisible();
});
