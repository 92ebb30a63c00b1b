import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import * as files from '#contract/file/http.ts';
import { endSession } from '#contract/session/http.ts';
import { linkToTicket } from '#contract/session/linking.ts';
import * as tickets from '#contract/ticket/http.ts';
import { readPdf } from '../server/test/harness/pdf.ts';
import { askAs } from './harness/api.ts';
import { meet, openSession, type Scene, setScene } from './harness/scene.ts';

/* A ticket as a whole case, and the ways of a session into it and out of it. */

let scene: Scene;
test.beforeAll(async () => {
  scene = await setScene();
});
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) for (const page of context.pages()) await page.close();
});
test.afterAll(() => scene.end());

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Attach to ticket' });
const sideMenu = (page: Page) => page.getByRole('complementary', { name: 'Side menu' });
const openTicket = async (ticketId: string) => {
  const page = await scene.expert.tab();
  await page.goto(`${scene.product.origin}/tickets/${ticketId}`);
  return page;
};
/** Its number, as the pages name it. */
const numberOf = async (ticketId: string) =>
  (await askAs(scene.expert.context, scene.product.origin, tickets.readTicket, { params: { ticketId } })).number;

test('B11 A7 a running session is put out of its ticket, into a new one, and into one that is found; the call goes on', async () => {
  const oil = await numberOf(await scene.newTicket('Oil on the floor'));
  const { sessionId, ticketId } = await scene.newSession('The ram stops');
  const ram = await numberOf(ticketId);
  const { desk, phone } = await meet(scene, sessionId);
  const menu = sideMenu(desk);
  await expect(menu.getByRole('link', { name: `Ticket ${ram}: The ram stops` })).toBeVisible();

  await menu.getByRole('button', { name: 'Change' }).click();
  await expect(dialogOf(desk).getByText(`Now in ticket ${ram}: The ram stops`)).toBeVisible();
  await dialogOf(desk)
    .getByRole('button', { name: `Remove from ticket ${ram}` })
    .click();
  await expect(dialogOf(desk)).toBeHidden();
  await menu.getByRole('button', { name: 'Attach to ticket' }).click();

  // The subject of the session is there already.
  await dialogOf(desk).getByLabel('A new ticket').check();
  await expect(dialogOf(desk).getByLabel('Subject of the new ticket')).toHaveValue('The ram stops');
  await dialogOf(desk).getByRole('button', { name: 'Attach', exact: true }).click();
  await expect(menu.getByRole('link', { name: `Ticket ${ram + 1}: The ram stops` })).toBeVisible();

  await menu.getByRole('button', { name: 'Change' }).click();
  await desk.keyboard.type('oil');
  await dialogOf(desk).getByLabel(`${oil}: Oil on the floor`).check();
  await expect(dialogOf(desk).getByLabel(`${ram + 1}: The ram stops`)).toHaveCount(0);
  await desk.keyboard.press('Enter');
  await expect(menu.getByRole('link', { name: `Ticket ${oil}: Oil on the floor` })).toBeVisible();

  // The customer is in it all the while, and reads where it is.
  await expect(phone.getByRole('button', { name: 'Leave the session' })).toBeVisible();
  await phone.getByRole('button', { name: /^Chat/ }).click();
  await expect(sideMenu(phone).getByText(`Ticket ${oil}: Oil on the floor`, { exact: true })).toBeVisible();
  await expect(sideMenu(phone).getByRole('button', { name: /Attach|Change/ })).toHaveCount(0);
});

test('A7 the ticket tells the whole case: messages, sessions with their people, length and pictures; a session is moved and removed', async () => {
  const { sessionId, ticketId } = await scene.newSession('The ram stops');
  const otherId = await scene.newTicket('Oil on the floor', 'There is oil on the floor.');
  const { desk, phone } = await meet(scene, sessionId);
  await expect(desk.getByRole('button', { name: 'Take a screenshot' }).first()).toBeVisible();
  await desk.keyboard.press('s');
  const shots = () =>
    askAs(scene.expert.context, scene.product.origin, files.listScreenshots, { params: { sessionId } });
  await expect
    .poll(async () => (await shots()).screenshots.map(({ versions }) => versions.length), { timeout: 30_000 })
    .toEqual([1]);
  await askAs(scene.expert.context, scene.product.origin, endSession, { params: { sessionId } });
  await Promise.all([desk.close(), phone.close()]);

  const page = await openTicket(ticketId);
  const thread = page.getByRole('region', { name: 'Thread' });
  await expect(thread.getByText('Ended after')).toBeVisible();
  await expect(thread.getByText('Nora Lind, Rafael Costa')).toBeVisible();
  await expect(thread.getByRole('link', { name: '1 screenshot' })).toBeVisible();

  // The same on paper, in the language of the desk, with the picture as it was painted.
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as PDF' }).click();
  const pdf = readPdf(await readFile(await (await saved).path()));
  for (const words of ['The ram stops', 'Nora Lind took screenshot 1', 'How long']) expect(pdf.text).toContain(words);
  expect(pdf.pictures).toHaveLength(1);
  const [shot] = (await shots()).screenshots;
  const painted = await scene.expert.context.request.get(
    `${scene.product.origin}/api/sessions/${sessionId}/screenshots/${shot?.id}/versions/1/painted`,
  );
  expect(pdf.pictures[0]?.equals(await painted.body())).toBe(true);

  const other = await openTicket(otherId);
  await thread.getByRole('button', { name: 'More about this session' }).click();
  await page.getByRole('menuitem', { name: 'Move to another ticket' }).click();
  await dialogOf(page)
    .getByLabel(`${await numberOf(otherId)}: Oil on the floor`)
    .check();
  await dialogOf(page).getByRole('button', { name: 'Attach', exact: true }).click();
  await expect(thread.getByText('You removed a video session from this ticket')).toBeVisible();
  await expect(thread.getByText('Ended after')).toHaveCount(0);

  // Live in the other ticket, which is open as well.
  const there = other.getByRole('region', { name: 'Thread' });
  await expect(there.getByText('Ended after')).toBeVisible();
  await there.getByRole('button', { name: 'More about this session' }).click();
  await other.getByRole('menuitem', { name: 'Remove from this ticket' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(there.getByText('Ended after')).toHaveCount(0);

  // Its own page is still there, for both, and leads back into a ticket.
  const record = await openSession(scene, 'expert', sessionId);
  await expect(record.getByText('In no ticket')).toBeVisible();
  const theirs = await openSession(scene, 'customer', sessionId);
  await expect(theirs.getByRole('heading', { name: 'The ram stops' })).toBeVisible();
  await askAs(scene.expert.context, scene.product.origin, linkToTicket, {
    params: { sessionId },
    body: { to: { ticket: ticketId } },
  });
  await expect(record.getByRole('link', { name: `Ticket ${await numberOf(ticketId)}: The ram stops` })).toBeVisible();
  await expect(thread.getByText('Ended after')).toBeVisible();
});
