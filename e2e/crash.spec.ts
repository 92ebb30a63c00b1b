import { expect, type Page, test } from '@playwright/test';
import { expectMovingPicture, expectSound } from './harness/media.ts';
import { CUSTOMER, EXPERT, meet, type Scene, setScene } from './harness/scene.ts';

let scene: Scene;
test.beforeAll(async () => {
  scene = await setScene();
});
test.afterAll(() => scene.end());

const LOST = 'The connection to the server is lost. The call goes on';
const chat = (page: Page) => page.getByRole('log', { name: 'Chat' });
const write = async (page: Page, text: string) => {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await expect(chat(page).getByText(text)).toBeVisible();
};
/** Those of the texts that the chat shows, in its order. */
const textsIn = async (page: Page, wanted: readonly string[]) =>
  (await chat(page).locator('li p').allTextContents()).filter((text) => wanted.includes(text));

test('C3 kill -9 of the server in the middle of a call: the call goes on, and nothing said is lost', async () => {
  const { product } = scene;
  const { sessionId } = await scene.newSession('Everything stops');
  const { desk, phone } = await meet(scene, sessionId);
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await phone.getByRole('button', { name: /^Chat/ }).click();
  await write(desk, 'Before the crash');
  await expect(chat(phone).getByText('Before the crash')).toBeVisible();
  const faults = product.said.length;

  await product.kill();
  for (const page of [desk, phone]) await expect(page.getByText(LOST)).toBeVisible({ timeout: 30_000 });
  await write(desk, 'Desk one');
  await write(desk, 'Desk two');
  await write(phone, 'Phone one');
  await write(phone, 'Phone two');
  await expect(chat(desk).getByText('waiting for the server').first()).toBeVisible();
  // Picture and sound never went through the server.
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await phone.getByRole('button', { name: 'Fold away' }).click();
  await expectMovingPicture(phone, EXPERT, 'expert');
  await expectSound(desk);
  await expectSound(phone);

  await product.start();
  for (const page of [desk, phone]) await expect(page.getByText(LOST)).toHaveCount(0, { timeout: 30_000 });
  await phone.getByRole('button', { name: /^Chat/ }).click();
  const all = ['Before the crash', 'Desk one', 'Desk two', 'Phone one', 'Phone two'];
  await expect.poll(async () => (await textsIn(desk, all)).toSorted()).toEqual(all);
  await expect.poll(() => textsIn(phone, all)).toEqual(await textsIn(desk, all));
  await expect(chat(desk).getByText('waiting for the server')).toHaveCount(0);

  // As the server has it: each once, each writer's own in the order of writing, nobody left, and still the same clock.
  const log = await scene.log(sessionId);
  const said = log.flatMap((body) => (body.kind === 'message-said' ? [body.text] : []));
  expect(said.toSorted()).toEqual(all);
  expect(said.indexOf('Desk one')).toBeLessThan(said.indexOf('Desk two'));
  expect(said.indexOf('Phone one')).toBeLessThan(said.indexOf('Phone two'));
  expect(await textsIn(desk, all)).toEqual(said);
  expect(log.filter(({ kind }) => kind === 'participant-left' || kind === 'participant-joined')).toHaveLength(2);
  for (const page of [desk, phone]) await expect(page.getByLabel('Status')).toHaveText('In progress');
  await phone.getByRole('button', { name: 'Fold away' }).click();
  await expectMovingPicture(desk, CUSTOMER, 'customer');
  await expectMovingPicture(phone, EXPERT, 'expert');
  expect(product.said.slice(faults)).not.toContain('"level":50');

  // The clock went on through it: it shows the time since both were in, not since the start of the server.
  const bar = (await desk.getByRole('banner').textContent()) ?? '';
  const joined = await desk.evaluate(() => performance.now());
  const [, minutes = '0', seconds = '0'] = /(\d+):(\d\d)/.exec(bar) ?? [];
  expect(Number(minutes) * 60 + Number(seconds)).toBeGreaterThan(joined / 1000 - 30);
});
