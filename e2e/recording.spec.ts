import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { linkRecording } from '#contract/recording/http.ts';
import { endSession } from '#contract/session/http.ts';
import { askAs } from './harness/api.ts';
import type { Person } from './harness/browsers.ts';
import {
  answer,
  colleague,
  decide,
  expectRecording,
  letRecord,
  markOf,
  questionOn,
  recordButton,
  recordedSeconds,
  recordingOf,
} from './harness/recording.ts';
import { CUSTOMER, EXPERT, joinButton, meet, type Scene, setScene } from './harness/scene.ts';

let scene: Scene;
let second: Person;
const COLLEAGUE = 'Ida Berg';
test.beforeAll(async () => {
  scene = await setScene();
  second = await colleague(scene, COLLEAGUE);
});
test.afterAll(async () => {
  await second.close();
  await scene.end();
});
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer, second]) {
    for (const page of context.pages()) await page.close();
  }
  await decide(scene, {});
});

const leave = (page: Page) => page.getByRole('button', { name: 'Leave the session' });
const YES = 'Yes, record';
const NO = 'No, don’t record';

/** Somebody in the session, through its page. */
async function comeIn(person: Person, sessionId: string): Promise<Page> {
  const page = await person.tab();
  await page.goto(`${scene.product.origin}/s/${sessionId}${person.side === 'customer' ? '?as=code' : ''}`);
  await joinButton(page).click();
  await leave(page).waitFor();
  return page;
}

/** Where the player of this page is, s. */
const positionOf = (page: Page) =>
  page
    .locator('video')
    .first()
    .evaluate((element) => (element instanceof HTMLVideoElement ? element.currentTime : -1));

/** Both in, the recording agreed to by both and running. */
async function recordTogether(subject: string) {
  const { sessionId, ticketId } = await scene.newSession(subject);
  const { desk, phone } = await meet(scene, sessionId);
  await recordButton(desk).click();
  await answer(phone, YES);
  for (const page of [desk, phone]) await expectRecording(page);
  return { sessionId, ticketId, desk, phone };
}

test('B7 only admins and whom an admin lets may record', async () => {
  const { sessionId } = await scene.newSession('Valve hisses');
  const page = await comeIn(second, sessionId);
  await expect(page.getByRole('button', { name: 'Draw on the picture' })).toBeVisible();
  await expect(recordButton(page)).toHaveCount(0);
  const phone = await comeIn(scene.customer, sessionId);
  await expect(phone.getByRole('button', { name: 'Draw on the picture' })).toBeVisible();
  await expect(recordButton(phone)).toHaveCount(0);

  const desk = await scene.expert.tab();
  await desk.goto(`${scene.product.origin}/members`);
  await desk.getByRole('button', { name: `More about ${COLLEAGUE}` }).click();
  await desk.getByRole('menuitem', { name: 'Let record sessions' }).click();
  await expect(desk.getByText(`${COLLEAGUE} may record sessions.`)).toBeVisible();
  await page.reload();
  await expect(recordButton(page)).toBeVisible();
});

test('A5 everybody is asked, sees the red mark, and the recording can be watched and downloaded with the ledger', async () => {
  const { sessionId } = await scene.newSession('Oil under the press');
  const { desk, phone } = await meet(scene, sessionId);
  await recordButton(desk).click();
  await expect(markOf(desk)).toContainText(`Asking ${CUSTOMER}`);

  const question = questionOn(phone);
  await expect(question).toContainText(`May ${EXPERT} record this session?`);
  await expect(question).toContainText('The pictures, voices and drawings of everybody who agrees are recorded.');
  await expect(question).toContainText('It is kept until somebody deletes it.');
  await expect(question).toHaveAttribute('lang', 'en');
  await phone.screenshot({ path: 'test-results/pictures/recording-question-phone.png' });
  const { violations } = await new AxeBuilder({ page: phone }).include('dialog').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await phone.keyboard.press('Escape');
  await phone.keyboard.press('Escape');
  await phone.keyboard.press('Enter');
  await expect(question).toBeVisible();
  const [no, yes] = [question.getByRole('button', { name: NO }), question.getByRole('button', { name: YES })];
  const [noBox, yesBox] = [await no.boundingBox(), await yes.boundingBox()];
  expect([yesBox?.width, yesBox?.height]).toEqual([noBox?.width, noBox?.height]);
  expect(yesBox?.height).toBeGreaterThanOrEqual(48);
  await expect(markOf(desk)).not.toContainText('Recording');
  await answer(phone, YES);
  for (const page of [desk, phone]) await expectRecording(page, 2);
  await desk.screenshot({ path: 'test-results/pictures/recording-desk.png' });
  await phone.screenshot({ path: 'test-results/pictures/recording-phone.png' });

  await desk.getByLabel('Message').fill('Look at the valve on the left');
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('log').getByText('Look at the valve on the left')).toBeVisible();
  await expectRecording(desk, 7);
  await leave(desk).focus();
  await desk.keyboard.press('Shift+R');
  for (const page of [desk, phone]) await expect(markOf(page)).toHaveCount(0);
  await phone.close();
  const made = await recordingOf(scene, sessionId, 'ready');
  await desk.close();
  expect(made.durationMs).toBeGreaterThan(6_000);
  expect(made.ledger.map(({ person, answer: said, wording }) => [person.kind, said, wording?.language])).toEqual([
    ['member', 'yes', 'en'],
    ['codeUser', 'yes', 'en'],
  ]);
  expect(made.ledger[1]?.wording?.text).toContain('You are not recorded without your yes.');

  const list = await scene.expert.tab();
  await list.goto(`${scene.product.origin}/recordings`);
  await list.getByRole('button', { name: 'Oil under the press', exact: true }).click();
  const video = list.locator('video');
  const place = () => positionOf(list);
  const player = list.getByRole('group', { name: /Recording of/ });
  await player.getByRole('button', { name: 'Play' }).click();
  await expect.poll(place).toBeGreaterThan(0.5);
  await player.getByRole('button', { name: 'Pause' }).click();
  const before = await place();
  await list.keyboard.press('ArrowRight');
  await expect.poll(place).toBeGreaterThan(before + 4);
  await list.keyboard.press('Home');
  await expect.poll(place).toBeLessThan(0.2);
  await player.getByLabel('Speed').selectOption('2');
  expect(await video.evaluate((element) => element instanceof HTMLVideoElement && element.playbackRate)).toBe(2);

  const line = list.getByRole('navigation', { name: 'Chapters' }).getByRole('button', { name: /Look at the valve/ });
  await line.click();
  await expect.poll(place).toBeGreaterThan(1);
  await expect(line).toHaveAttribute('aria-current', 'true');
  await list.screenshot({ path: 'test-results/pictures/recording-player.png' });

  await list.getByText('Consent of 2 people').click();
  const agreed = list.getByRole('row').filter({ hasText: CUSTOMER });
  await expect(agreed).toContainText('Yes');
  await expect(agreed).toContainText('English, version 2');
  const downloads: { name: string; path: string }[] = [];
  list.on('download', async (file) => downloads.push({ name: file.suggestedFilename(), path: await file.path() }));
  await list.getByRole('button', { name: 'Download with the consent' }).click();
  await expect.poll(() => downloads.length).toBe(2);
  const table = downloads.find(({ name }) => name.endsWith('.csv'));
  expect(await readFile(table?.path ?? '', 'utf8')).toContain(`"${CUSTOMER}","customer","yes","2","en","May ${EXPERT}`);
  expect(downloads.find(({ name }) => name.endsWith('.mp4'))).toBeDefined();
});

test('A5 the page asks before it is closed while it records; a link to the file is for its person and ends, others get nothing', async () => {
  const { sessionId, desk, phone } = await recordTogether('Guard does not close');
  await phone.close();
  const warned = desk.waitForEvent('dialog');
  await desk.close({ runBeforeUnload: true });
  const warning = await warned;
  expect(warning.type()).toBe('beforeunload');
  await warning.dismiss();
  await recordButton(desk)
    .or(desk.getByRole('button', { name: 'Stop the recording' }))
    .click();
  const { id } = await recordingOf(scene, sessionId, 'ready');
  const { origin } = scene.product;
  const params = { recordingId: id };
  const { watch } = await askAs(scene.expert.context, origin, linkRecording, { params });
  const address = new URL(watch, origin);
  const statusOf = async (url: URL, person: Person, range = 'bytes=0-99') =>
    (await person.context.request.get(url.href, { headers: { range } })).status();
  expect(await statusOf(address, scene.expert)).toBe(206);
  const later = new URL(address);
  later.searchParams.set('until', String(Number(later.searchParams.get('until')) + 60_000));
  expect(await statusOf(later, scene.expert)).toBe(404);
  const past = new URL(address);
  past.searchParams.set('until', '1');
  expect(await statusOf(past, scene.expert)).toBe(404);
  const stranger = await (await fetch(`${origin}/api/recordings/${id}/link`)).status;
  expect(stranger).toBe(401);
});

test('B7 one no: no recording, said politely to both', async () => {
  const { sessionId } = await scene.newSession('Belt slips');
  const { desk, phone } = await meet(scene, sessionId);
  await recordButton(desk).click();
  await answer(phone, NO);
  await expect(phone.getByText('Thank you. Nothing of you is recorded.').first()).toBeVisible();
  await expect(desk.getByText(`${CUSTOMER} would rather not be recorded.`).first()).toBeVisible();
  for (const page of [desk, phone]) {
    await expect(page.getByText('There is no recording. The session goes on as before.').first()).toBeVisible();
    await expect(markOf(page)).toHaveCount(0);
  }
  expect((await recordingOf(scene, sessionId, 'declined')).durationMs).toBeNull();
});

test('B7 who comes in later is asked first, and the recording pauses until then', async () => {
  const { sessionId } = await scene.newSession('Sensor is blind');
  const desk = await comeIn(scene.expert, sessionId);
  await recordButton(desk).click();
  await expectRecording(desk);
  const phone = await comeIn(scene.customer, sessionId);
  await expect(markOf(desk)).toContainText(`Paused: asking ${CUSTOMER}`);
  const stood = await recordedSeconds(desk);
  await expect(questionOn(phone)).toBeVisible();
  await desk.screenshot({ path: 'test-results/pictures/recording-paused-desk.png' });
  expect(await recordedSeconds(desk)).toBe(stood);
  await answer(phone, YES);
  for (const page of [desk, phone]) await expectRecording(page, stood + 1);
  await desk.getByRole('button', { name: 'Stop the recording' }).click();
  await recordingOf(scene, sessionId, 'ready');
});

test('B7 with the other policy the recording goes on without who comes in later, also after their no', async () => {
  await decide(scene, { lateJoiner: 'leave-out' });
  const { sessionId } = await scene.newSession('Pump is loud');
  const desk = await comeIn(scene.expert, sessionId);
  await recordButton(desk).click();
  await expectRecording(desk, 1);
  const phone = await comeIn(scene.customer, sessionId);
  await expect(questionOn(phone)).toBeVisible();
  await expectRecording(desk, (await recordedSeconds(desk)) + 1);
  await markOf(desk).click();
  await expect(desk.getByRole('dialog')).toContainText('left out, being asked');
  await desk.keyboard.press('Escape');
  await answer(phone, NO);
  await expectRecording(desk, (await recordedSeconds(desk)) + 1);
  await desk.getByRole('button', { name: 'Stop the recording' }).click();
  const { ledger } = await recordingOf(scene, sessionId, 'ready');
  expect(ledger.map(({ answer: said }) => said)).toEqual(['yes', 'no']);
});

for (const [choice, state] of [
  ['Keep it', 'ready'],
  ['Erase it', 'erased'],
] as const) {
  test(`B7 a yes is taken back: it stops at once, and “${choice}” is done`, async () => {
    const { sessionId, desk, phone } = await recordTogether('Door sticks');
    await markOf(phone).click();
    await phone.screenshot({ path: 'test-results/pictures/recording-panel-phone.png' });
    await phone.getByRole('button', { name: 'Take my yes back' }).click();
    await expect(phone.getByRole('dialog', { name: 'The recording has stopped' })).toBeVisible();
    await expect(markOf(desk)).toHaveCount(0);
    await phone.screenshot({ path: `test-results/pictures/recording-withdrawn-phone.png` });
    await phone.getByRole('button', { name: choice }).click();
    const { ledger } = await recordingOf(scene, sessionId, state);
    expect(ledger.at(-1)).toMatchObject({ answer: 'withdrawn', person: { name: CUSTOMER } });
    await expect(desk.getByText(`${CUSTOMER} took the yes to the recording back`)).toBeVisible();
  });
}

test('B7 with the policy off nobody is asked, and everybody is told', async () => {
  await decide(scene, { consent: false });
  const { sessionId } = await scene.newSession('Lamp blinks');
  const { desk, phone } = await meet(scene, sessionId);
  await recordButton(desk).click();
  const notice = phone.getByRole('alert').filter({ hasText: `${EXPERT} is recording this session` });
  await expect(notice).toBeVisible();
  await expect(questionOn(phone)).toHaveCount(0);
  for (const page of [desk, phone]) await expectRecording(page);
  await phone.screenshot({ path: 'test-results/pictures/recording-told-phone.png' });
  await notice.getByRole('button').click();
  await expect(notice).toBeHidden();
  await desk.getByRole('button', { name: 'Stop the recording' }).click();
  const { ledger } = await recordingOf(scene, sessionId, 'ready');
  expect(ledger.map(({ wording }) => wording)).toEqual([null, null]);
});

test('A5 when who records is gone, another employee carries on, and it becomes one recording', async () => {
  await letRecord(scene, COLLEAGUE);
  const { sessionId } = await scene.newSession('Gear grinds');
  const desk = await comeIn(scene.expert, sessionId);
  const other = await comeIn(second, sessionId);
  await recordButton(desk).click();
  await answer(other, 'Yes, record');
  for (const page of [desk, other]) await expectRecording(page);
  await desk.close({ runBeforeUnload: false });
  await expect(markOf(other)).toContainText('Interrupted', { timeout: 30_000 });
  await other.screenshot({ path: 'test-results/pictures/recording-offer-desk.png' });
  const stood = await recordedSeconds(other);
  await other.getByRole('button', { name: 'Carry on recording' }).click();
  await expectRecording(other, stood + 1);
  await other.getByRole('button', { name: 'Stop the recording' }).click();
  const made = await recordingOf(scene, sessionId, 'ready');
  expect(made.stretches.length).toBeGreaterThanOrEqual(2);
  expect(made.endedEarly).toBe(false);
});

test('A7 after the session both sides watch it on the record and the ticket; a yes is taken back there, too', async () => {
  const { sessionId, ticketId, desk, phone } = await recordTogether('Chain is loose');
  await desk.getByRole('button', { name: 'Stop the recording' }).click();
  await phone.close();
  await recordingOf(scene, sessionId, 'ready');
  await askAs(scene.expert.context, scene.product.origin, endSession, { params: { sessionId } });

  const ticket = await scene.expert.tab();
  await ticket.goto(`${scene.product.origin}/tickets/${ticketId}`);
  await ticket.getByRole('button', { name: /^Recording, 00:/ }).click();
  await ticket.getByRole('dialog').getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => positionOf(ticket)).toBeGreaterThan(0.3);
  await expect(ticket.getByText('Consent of 2 people')).toBeVisible();
  await ticket.screenshot({ path: 'test-results/pictures/recording-ticket.png' });

  const record = await scene.customer.tab();
  await record.goto(`${scene.product.origin}/s/${sessionId}?as=code`);
  await record.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => positionOf(record)).toBeGreaterThan(0.3);
  await expect(record.getByText('Consent of')).toHaveCount(0);
  await record.screenshot({ path: 'test-results/pictures/recording-record-phone.png', fullPage: true });
  await record.getByRole('button', { name: 'Take my yes back' }).click();
  await record.getByRole('dialog').getByRole('button', { name: 'Erase it' }).click();
  await expect(record.getByText(/The recording was erased on/)).toBeVisible();
  await record.screenshot({ path: 'test-results/pictures/recording-erased-phone.png', fullPage: true });
  await desk.goto(`${scene.product.origin}/s/${sessionId}`);
  await expect(desk.getByText(/The recording was erased on/)).toBeVisible();
  await desk.getByText('Consent of 2 people').click();
  await desk.screenshot({ path: 'test-results/pictures/recording-record-desk.png', fullPage: true });
});

test('A5 admins see all recordings, find one, and delete it; the transcript keeps a line', async () => {
  const { sessionId, desk, phone } = await recordTogether('Leak at the ninth bolt');
  await phone.close();
  await desk.getByRole('button', { name: 'Stop the recording' }).click();
  await recordingOf(scene, sessionId, 'ready');
  const page = await scene.expert.tab();
  await page.goto(`${scene.product.origin}/tickets`);
  await page.getByRole('link', { name: 'Recordings' }).first().click();
  await page.getByLabel('Search recordings').fill('ninth bolt');
  const rows = page.getByRole('list', { name: 'Recordings' }).getByRole('listitem');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(new RegExp(`${EXPERT}.*${CUSTOMER}|${CUSTOMER}.*${EXPERT}`));
  await expect(rows).toContainText(/\d MB|\d kB/);
  await rows.getByRole('button', { name: /More about/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(rows).toContainText('Erased');
  await page.getByRole('link', { name: 'Ready' }).click();
  await expect(page.getByText('No recording fits')).toBeVisible();
  await expect(desk.getByRole('log').getByText('The recording was erased')).toBeVisible();
  const { ledger } = await recordingOf(scene, sessionId, 'erased');
  expect(ledger).toHaveLength(2);
});
