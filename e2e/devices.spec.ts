import { expect, type Page, test } from '@playwright/test';
import { launch } from './harness/browsers.ts';
import { controlDevices } from './harness/device-border.ts';
import { expectSilence, expectSound, look, pictureOf } from './harness/media.ts';
import { CUSTOMER, EXPERT, joinButton, meet, openSession, type Scene, setScene } from './harness/scene.ts';

/** Several test cameras and microphones; they beep and draw a moving pattern. */
let scene: Scene;
test.beforeAll(async () => {
  scene = await setScene({ pattern: true });
  for (const { context } of [scene.expert, scene.customer]) await context.addInitScript(controlDevices);
});
test.afterAll(() => scene.end());
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) {
    for (const page of context.pages()) await page.close();
  }
});

const inUse = (page: Page, kind: 'audio' | 'video') => page.evaluate((what) => window.border.inUse(what), kind);
/** What is sent of one kind, by the tracks' ids: another id is another capture. */
const sent = (page: Page, kind: 'audio' | 'video') =>
  page.evaluate(
    (what) =>
      window.probe.connections.flatMap((connection) =>
        connection.connectionState === 'connected'
          ? connection.getSenders().flatMap(({ track }) => (track?.kind === what ? [track.id] : []))
          : [],
      ),
    kind,
  );
async function expectMoving(page: Page, name: string): Promise<void> {
  await expect(async () => {
    const seen = await look(pictureOf(page, name), 6);
    expect(seen.frames).toBe(6);
    expect(seen.change).toBeGreaterThan(0);
  }).toPass({ timeout: 30_000 });
}

test('B3 another camera and another microphone from the menus, neither touching the other', async () => {
  const { sessionId } = await scene.newSession('Many cameras');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMoving(phone, EXPERT);
  const before = { audio: await sent(desk, 'audio'), video: await sent(desk, 'video') };
  await desk.getByRole('button', { name: 'Choose camera' }).click();
  const cameras = desk.getByRole('menuitemradio');
  await expect(cameras).toHaveCount(2);
  await cameras.nth(1).click();
  await expect.poll(() => sent(desk, 'video')).not.toEqual(before.video);
  expect(await sent(desk, 'audio')).toEqual(before.audio);
  await expectMoving(phone, EXPERT);
  await expectSound(phone);

  const video = await sent(desk, 'video');
  await desk.getByRole('button', { name: 'Choose microphone and speaker' }).click();
  const other = desk.getByRole('menuitemradio', { name: /Fake Audio Input 2/ });
  await other.click();
  await expect.poll(() => sent(desk, 'audio')).not.toEqual(before.audio);
  expect(await sent(desk, 'video')).toEqual(video);
  await expectMoving(phone, EXPERT);
  await expectSound(phone);
});

test('B3 C1 the phone starts with the rear camera and flips without touching the sound', async () => {
  const { sessionId } = await scene.newSession('Turn it round');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMoving(desk, CUSTOMER);
  const rear = await inUse(phone, 'video');
  const audio = await sent(phone, 'audio');
  await phone.getByRole('button', { name: 'Flip the camera' }).click();
  await expect.poll(() => inUse(phone, 'video')).not.toBe(rear);
  await expectMoving(desk, CUSTOMER);
  await expect(pictureOf(phone, 'You')).toHaveAttribute('data-mirrored', 'true');
  expect(await sent(phone, 'audio')).toEqual(audio);
  await phone.getByRole('button', { name: 'Flip the camera' }).click();
  await expect.poll(() => inUse(phone, 'video')).toBe(rear);
  await expect(pictureOf(phone, 'You')).toHaveAttribute('data-mirrored', 'false');
  await expectSound(desk);
});

test('B3 an unplugged camera gives way to the next one, an unplugged microphone too, and they say so', async () => {
  const { sessionId } = await scene.newSession('Pulled out');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMoving(phone, EXPERT);
  for (const kind of ['video', 'audio'] as const) {
    const lost = await inUse(desk, kind);
    await desk.evaluate((what) => window.border.unplug(what), kind);
    await expect(desk.getByText(`${lost} is gone.`).first()).toBeVisible();
    await expect.poll(() => inUse(desk, kind)).not.toBe(lost);
  }
  await expectMoving(phone, EXPERT);
  await expectSound(phone);
  await desk.evaluate(() => window.border.plugIn());
  await desk.getByRole('button', { name: 'Choose camera' }).click();
  await expect(desk.getByRole('menuitemradio')).toHaveCount(2);
});

for (const [error, words] of [
  ['NotAllowedError', 'This page may not use camera and microphone.'],
  ['NotFoundError', 'Neither camera nor microphone was found.'],
  ['NotReadableError', 'Another program is using camera and microphone.'],
] as const) {
  test(`C1 ${error}: said in plain words, and one joins without; later it works`, async () => {
    const { sessionId } = await scene.newSession(`Trouble ${error}`);
    const desk = await openSession(scene, 'expert', sessionId);
    await joinButton(desk).click();
    const phone = await scene.customer.tab();
    await phone.addInitScript((name) => {
      window.border.fail('audio', name);
      window.border.fail('video', name);
    }, error);
    await phone.goto(`${scene.product.origin}/s/${sessionId}?as=code`);
    await expect(phone.getByText(words)).toBeVisible();
    await phone.getByRole('button', { name: 'Join without camera and microphone' }).click();
    await expect(phone.getByRole('button', { name: 'Leave the session' })).toBeVisible();
    await expect(desk.getByText(`${CUSTOMER} is here without a camera`)).toBeVisible();
    await expectMoving(phone, EXPERT);
    await expectSound(phone);
    // What was missing is there now: the buttons bring it in, in the middle of the call.
    await phone.evaluate(() => {
      window.border.fail('audio', null);
      window.border.fail('video', null);
    });
    await phone.getByRole('button', { name: 'Switch the camera on' }).click();
    await expectMoving(desk, CUSTOMER);
    await phone.getByRole('button', { name: 'Switch the microphone on' }).click();
    await expectSound(desk);
  });
}

test('C1 with the camera only, and with the microphone only', async () => {
  const { sessionId } = await scene.newSession('One of two');
  const desk = await openSession(scene, 'expert', sessionId);
  await desk.getByRole('button', { name: 'Switch the microphone off' }).click();
  await desk.getByRole('button', { name: 'Join without microphone' }).click();
  const phone = await openSession(scene, 'customer', sessionId);
  await phone.getByRole('button', { name: 'Switch the camera off' }).click();
  await phone.getByRole('button', { name: 'Join without camera' }).click();
  await expectMoving(phone, EXPERT);
  await expectSilence(phone);
  await expectSound(desk);
  await expect(desk.getByText(`${CUSTOMER} has the camera off`)).toBeVisible();
});

test('C1 the preview shows the own picture and the microphone’s meter moves before joining', async () => {
  const { sessionId } = await scene.newSession('Look first');
  const phone = await openSession(scene, 'customer', sessionId);
  const preview = phone.getByLabel('Picture of your camera');
  await expect(preview).toBeVisible();
  await expect.poll(async () => (await look(preview, 4)).change).toBeGreaterThan(0);
  const level = () =>
    phone
      .locator('span[style*="--level"]')
      .first()
      .evaluate((bar) => Number(getComputedStyle(bar).getPropertyValue('--level')));
  await expect.poll(level).toBeGreaterThan(0.02);
  // Nothing has been sent or logged by looking.
  expect((await scene.log(sessionId)).filter(({ kind }) => kind === 'participant-joined')).toHaveLength(0);
});

test('C1 a person who really says no at the browser’s question reads what to do', async () => {
  const { sessionId, ticketId: _ticket } = await scene.newSession('Said no');
  const refusing = await launch('customer', { denied: true, pattern: true });
  try {
    await refusing.context.addCookies(await scene.customer.context.cookies());
    const page = await refusing.tab();
    await page.goto(`${scene.product.origin}/s/${sessionId}?as=code`);
    await expect(page.getByText('This page may not use camera and microphone.')).toBeVisible();
    await expect(
      page.getByText('Tap the icon to the left of the address, allow it there, then try again.'),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Join without camera and microphone' })).toBeEnabled();
  } finally {
    await refusing.close();
  }
});
