import { expect, test } from '@playwright/test';
import { expectMovingPicture, expectSound } from './harness/media.ts';
import { CUSTOMER, EXPERT, joinButton, meet, openSession, type Scene, setScene } from './harness/scene.ts';

let scene: Scene;
const GRACE_SECONDS = 20;
test.beforeAll(async () => {
  // Two minutes in the product; what it does before and after is the same.
  scene = await setScene({ environment: { LEAVE_GRACE_SECONDS: `${GRACE_SECONDS}` } });
});
test.afterAll(() => scene.end());
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) {
    for (const page of context.pages()) await page.close();
  }
});

test('C3 a reload of either page returns into the same call without asking anything', async () => {
  const { sessionId } = await scene.newSession('Pump is loud');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  for (const page of [phone, desk]) {
    await page.reload();
    // Nothing is pressed: it goes straight back.
    await expect(page.getByRole('button', { name: 'Leave the session' })).toBeVisible();
    await expect(joinButton(page)).toHaveCount(0);
    await expectMovingPicture(desk, CUSTOMER, 'customer');
    await expectMovingPicture(phone, EXPERT, 'expert');
    await expectSound(desk);
    await expectSound(phone);
  }
  const log = await scene.log(sessionId);
  expect(log.filter(({ kind }) => kind === 'participant-joined')).toHaveLength(2);
  expect(log.filter(({ kind }) => kind === 'participant-left')).toHaveLength(0);
});

test('C3 a second tab of the same person is offered to move the session there, and back', async () => {
  const { sessionId } = await scene.newSession('Fuse is hot');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  const second = await openSession(scene, 'customer', sessionId);
  await expect(second.getByText('You are in this session in another tab')).toBeVisible();
  await second.getByRole('button', { name: 'Bring the session here' }).click();
  await expect(phone.getByRole('heading', { name: 'The session goes on in another tab' })).toBeVisible();
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await expectMovingPicture(second, EXPERT, 'expert');
  await expectSound(desk);
  await phone.bringToFront();
  await phone.getByRole('button', { name: 'Bring it back here' }).click();
  await expect(second.getByRole('heading', { name: 'The session goes on in another tab' })).toBeVisible();
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await expectSound(phone);
  const joined = (await scene.log(sessionId)).filter(({ kind }) => kind === 'participant-joined');
  expect(joined).toHaveLength(2);
});

test('C3 a closed tab is "interrupted" at once, left after the grace and not before', async () => {
  const { sessionId } = await scene.newSession('Lamp is out');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  const closedAt = Date.now();
  await phone.close();
  await expect(desk.getByText(`${CUSTOMER}’s connection is interrupted.`)).toBeVisible();
  await desk.getByRole('button', { name: 'Participants' }).click();
  await expect(desk.getByRole('listitem').filter({ hasText: CUSTOMER })).toContainText('connection interrupted');
  await expect(desk.getByLabel('Status')).toHaveText('In progress');
  const gone = desk.getByText(`${CUSTOMER} has left. The session stays open.`);
  await expect(gone).toBeVisible({ timeout: (GRACE_SECONDS + 15) * 1000 });
  expect(Date.now() - closedAt).toBeGreaterThan(GRACE_SECONDS * 1000);
  expect(await scene.log(sessionId)).toContainEqual(
    expect.objectContaining({ kind: 'participant-left', name: CUSTOMER, reason: 'connection-lost' }),
  );
  // Whoever comes later than that simply joins again.
  const again = await openSession(scene, 'customer', sessionId);
  await joinButton(again).click();
  await expectMovingPicture(desk, CUSTOMER, 'customer');
});

test('a foreign, a missing and a malformed session look the same', async () => {
  const stranger = await scene.customer.browser.newContext();
  const page = await stranger.newPage();
  const { sessionId } = await scene.newSession('Secret');
  for (const id of [sessionId, '6e4e0b0e-58b4-4c1a-8a7e-0a3b6f7f9d11', 'nonsense']) {
    await page.goto(`${scene.product.origin}/s/${id}?as=code`);
    await expect(page.getByRole('heading', { name: 'There is no session here for you' })).toBeVisible();
    await expect(page.getByText('Secret')).toHaveCount(0);
  }
  await stranger.close();
});
