import { expect, type Page, test } from '@playwright/test';
import * as sessions from '#contract/session/http.ts';
import { readRatingReport } from '#contract/session/rating.ts';
import { violationsOn } from './harness/accessible.ts';
import { askAs } from './harness/api.ts';
import { keepPicture } from './harness/keep-picture.ts';
import { CUSTOMER, EXPERT, meet, type Scene, setScene } from './harness/scene.ts';

let scene: Scene;
test.beforeAll(async () => {
  scene = await setScene();
});
test.afterAll(() => scene.end());
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) {
    for (const page of context.pages()) await page.close();
  }
});

/** Ends it for all, past the pages. */
const end = (sessionId: string) =>
  askAs(scene.expert.context, scene.product.origin, sessions.endSession, { params: { sessionId } });
/** The form, or the thanks: the part of a page that is about how a session was. */
const asked = (page: Page) => page.getByRole('region', { name: 'How was it?' });
const thanked = (page: Page) => page.getByRole('region', { name: 'Thank you for your rating' });
const pictureOf = (page: Page, name: string) => keepPicture(page, `rating-${name}`, { fullPage: true });

/** The other's picture moves. */
const playsOn = (page: Page) =>
  page
    .getByLabel(/^Picture of /)
    .first()
    .evaluate((video) => video instanceof HTMLVideoElement && video.videoWidth > 0);
/** The session's clock. */
async function secondsOn(page: Page): Promise<number> {
  const [, minutes, seconds] = /(\d\d):(\d\d)/.exec(await page.getByRole('banner').innerText()) ?? [];
  return 60 * Number(minutes) + Number(seconds);
}

async function expectAccessible(page: Page): Promise<void> {
  const violations = await violationsOn(page);
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect
    .soft(bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`))
    .toEqual([]);
}

test('A9 the leaving page asks how it was, and employees see the answer on the session and its ticket at once', async () => {
  const { origin } = scene.product;
  const { sessionId, ticketId } = await scene.newSession('Oil under the press');
  const { desk, phone } = await meet(scene, sessionId);
  await phone.getByRole('button', { name: 'Leave the session' }).click();
  // Who leaves before the end learns where they will be asked.
  await expect(phone.getByText(/When it has ended, you can say how it was/)).toBeVisible();
  await end(sessionId);
  await expect(asked(phone)).toBeVisible();
  await expect(asked(phone).getByRole('button', { name: 'Send' })).toHaveCount(0);
  await pictureOf(phone, 'leaving');
  await asked(phone).getByRole('radio', { name: 'Bad', exact: true }).check();
  await asked(phone).getByLabel('Picture').check();
  await asked(phone).getByLabel('Waiting time').check();
  await asked(phone)
    .getByLabel(/Anything you want to say/)
    .fill('It stood still all the time.');
  await expectAccessible(phone);
  await pictureOf(phone, 'leaving-low');
  await asked(phone).getByRole('button', { name: 'Send' }).click();
  await expect(thanked(phone)).toContainText('What went wrong: Picture, Waiting time');
  await expectAccessible(phone);
  await pictureOf(phone, 'thanks');

  // The desk's record was open all the time.
  const seen = desk.getByRole('region', { name: 'Rating' });
  await expect(seen).toContainText(`${CUSTOMER}, 2 of 5`);
  await expect(seen).toContainText('It stood still all the time.');
  await expect(desk.getByText(`${CUSTOMER} rated the session 2 of 5`)).toBeVisible();
  await expectAccessible(desk);
  await pictureOf(desk, 'record');
  await expect(phone.getByText(/rated the session 2 of 5/)).toHaveCount(0);

  await desk.goto(`${origin}/tickets/${ticketId}`);
  const thread = desk.getByLabel('Thread');
  await expect(thread).toContainText('It stood still all the time.');
  await expect(thread).toContainText(`${CUSTOMER}, 2 of 5`);
  await pictureOf(desk, 'ticket');
  await phone.goto(`${scene.code.link}#ticket-${ticketId}`);
  await expect(phone.getByLabel('Thread').getByText(/^Ended after/)).toBeVisible();
  await expect(phone.getByLabel('Thread').getByText('It stood still all the time.')).toHaveCount(0);
});

test('A9 the page of the code asks for a day, by keyboard too, and the answer can be changed', async () => {
  const { sessionId } = await scene.newSession('Belt slips');
  const { desk, phone } = await meet(scene, sessionId);
  await phone.close();
  await end(sessionId);
  const later = await scene.customer.tab();
  await later.goto(scene.code.link);
  const card = later.getByRole('listitem').filter({ hasText: 'Belt slips' }).filter({ hasText: 'How was it?' });
  await expect(card).toBeVisible();
  await pictureOf(later, 'code');
  await card.getByRole('radio', { name: 'Very bad' }).focus();
  for (let step = 0; step < 3; step++) await later.keyboard.press('ArrowRight');
  await expect(card.getByRole('radio', { name: 'Good', exact: true })).toBeChecked();
  // Who is content is not asked what went wrong.
  await expect(card.getByText('What went wrong?')).toHaveCount(0);
  await expectAccessible(later);
  await card.getByRole('button', { name: 'Send' }).click();
  const given = later.getByRole('listitem').filter({ hasText: 'Belt slips' }).filter({ hasText: 'Thank you' });
  await expect(given).toContainText('Good');
  const seen = desk.getByRole('region', { name: 'Rating' });
  await expect(seen).toContainText(`${CUSTOMER}, 4 of 5`);

  await later.reload();
  await given.getByRole('button', { name: 'Change' }).click();
  await expect(card.getByRole('radio', { name: 'Good', exact: true })).toBeChecked();
  await card.getByRole('radio', { name: 'Very good' }).check();
  await card.getByRole('button', { name: 'Send' }).click();
  await expect(given).toContainText('Very good');
  await pictureOf(later, 'code-thanks');
  await expect(seen).toContainText(`${CUSTOMER}, 5 of 5`);
  await expect(seen.getByText(CUSTOMER)).toHaveCount(1);
});

test('A9 the report has the ratings per expert and month, beside what was measured of the calls', async () => {
  const { origin } = scene.product;
  const month = new Date().toISOString().slice(0, 7);
  const query = { from: month, to: month };
  const measured = async () =>
    (await askAs(scene.expert.context, origin, readRatingReport, { query })).all.quality?.calls ?? 0;
  const before = await measured();
  const { sessionId } = await scene.newSession('Pump is loud');
  const { desk, phone } = await meet(scene, sessionId);
  for (const page of [desk, phone]) await expect.poll(() => playsOn(page)).toBe(true);
  // Each page asks its connections every five seconds, and counts from the second time on.
  const from = await secondsOn(desk);
  await expect.poll(() => secondsOn(desk), { timeout: 30_000 }).toBeGreaterThan(from + 11);
  // The page goes without a word: what it has measured still goes out.
  const address = phone.url();
  await phone.goto('about:blank');
  await end(sessionId);
  await phone.goto(address);
  await asked(phone).getByRole('radio', { name: 'Very bad' }).check();
  await asked(phone).getByLabel('Sound').check();
  await asked(phone).getByRole('button', { name: 'Send' }).click();
  await expect(thanked(phone)).toBeVisible();
  await expect.poll(measured).toBe(before + 2);

  await desk.goto(origin);
  await desk.getByRole('navigation').getByRole('link', { name: 'Reports' }).click();
  const experts = desk.getByRole('table', { name: 'Experts' });
  await expect(experts.getByRole('row', { name: new RegExp(EXPERT) })).toContainText(/\d ms/);
  await expect(desk.getByRole('table', { name: 'Months' }).getByRole('row')).toHaveCount(2);
  await expect(desk.getByRole('listitem').filter({ hasText: 'Sound' })).toContainText('1');
  await expectAccessible(desk);
  await pictureOf(desk, 'report');
  await desk.setViewportSize({ width: 390, height: 844 });
  await pictureOf(desk, 'report-narrow');
  const wide = await desk.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);

  await desk.goto(`${origin}/reports?from=2020-01&to=2020-02`);
  await expect(desk.getByRole('heading', { name: 'No session ended in these months' })).toBeVisible();
  await expect(desk.getByLabel('First month')).toHaveValue('2020-01');
});
