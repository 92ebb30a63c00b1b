import { expect, type Page, test } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import { changePolicies, readPolicies } from '#contract/access/policies.ts';
import { startDirectCall } from '#contract/direct-call/http.ts';
import { askAs } from './harness/api.ts';
import {
  type AskingScene,
  COLLEAGUE,
  choose,
  expectAccessible,
  expectLargeTargets,
  opened,
  phoneScreen,
  row,
  SECOND,
  setAskingScene,
} from './harness/asking.ts';
import { EXPERT } from './harness/scene.ts';

/** A11: what waits at the desk, for two experts at once. */
let scene: AskingScene;
let desk: Page;
let secondDesk: Page;
let phone: Page;
test.beforeAll(async () => {
  scene = await setAskingScene();
  ({ desk, secondDesk, phone } = scene);
});
test.afterEach(async () => scene.clear());
test.afterAll(async () => scene.end());

const count = (page: Page) => page.getByRole('navigation').getByRole('link', { name: /^Inbox/ });

test('A11 also from a ticket; what waits longest stands first, unanswered messages too', async () => {
  const ticketId = await scene.newTicket('Strange noise', 'It hums when it starts.');
  await phone.goto(`${scene.code.link}#ticket-${ticketId}`);
  await phone.getByRole('link', { name: 'Ask for a video session' }).click();
  await expect(phone.getByLabel('What is it about?')).toHaveValue('Strange noise');
  await phone.getByRole('button', { name: 'Send the request' }).click();
  await expect(phone.getByRole('status').filter({ hasText: 'Waiting for an answer' })).toBeVisible();
  await expect(phone.getByRole('link', { name: 'Ask for a video session' })).toHaveCount(0);
  await expectLargeTargets(phone);
  await scene.askFor(scene.secondPhone, 'No light');

  await scene.openInbox(desk);
  const rows = desk.getByRole('list', { name: 'What waits' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('It hums when it starts.');
  await expect(rows.nth(1)).toContainText('Video session');
  await expect(rows.nth(2)).toContainText(SECOND);
  await rows.nth(0).getByRole('link').click();
  await desk.getByRole('button', { name: 'Answer in the ticket' }).click();
  await expect(desk).toHaveURL(new RegExp(`/tickets/${ticketId}$`));
  await expect(desk.getByText('Requested').first()).toBeVisible();
  await desk.getByLabel('Message', { exact: true }).fill('We look at it together.');
  await desk.keyboard.press('Enter');
  await expect(count(desk)).toContainText('2');
});

test('A11 two employees answer at once: one has it, the other is told who', async () => {
  await scene.askFor(phone, 'Both want it');
  await Promise.all([scene.openInbox(desk), scene.openInbox(secondDesk)]);
  await Promise.all([choose(desk, 'Both want it'), choose(secondDesk, 'Both want it')]);
  // The second desk does not hear in time that the first has answered.
  await secondDesk.route('**/api/inbox?*', (route) => route.abort());
  await desk.keyboard.press('p');
  await desk.getByRole('dialog').getByRole('button', { name: 'Send this time' }).click();
  await expect(desk.getByText('picks a time')).toBeVisible();
  await opened(secondDesk).getByRole('button', { name: 'Accept now' }).click();
  await expect(secondDesk.getByText(`${EXPERT} was first and has this request now.`).first()).toBeVisible();
  expect((await scene.found('Both want it'))?.status).toBe('requested');
  await secondDesk.unroute('**/api/inbox?*');
});

test('A11 a colleague who looks at it sees it go, and who has answered', async () => {
  await scene.askFor(scene.secondPhone, 'Seen by two');
  await Promise.all([scene.openInbox(desk), scene.openInbox(secondDesk)]);
  await Promise.all([choose(desk, 'Seen by two'), choose(secondDesk, 'Seen by two')]);
  await opened(secondDesk).getByRole('button', { name: 'Decline' }).click();
  await secondDesk.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
  await expect(desk.getByText(`${COLLEAGUE} has answered “Seen by two”.`)).toBeVisible();
  await expect(row(desk, 'Seen by two')).toHaveCount(0);
});

test('A11 the inbox on a phone: the list, one of it, and back', async () => {
  await scene.askFor(phone, 'From the road');
  const state = await scene.expert.context.storageState();
  const road = await scene.expert.browser.newContext({ ...phoneScreen, storageState: state });
  const page = await road.newPage();
  await page.goto(scene.product.origin);
  await expectAccessible(page);
  await choose(page, 'From the road');
  await expectAccessible(page);
  await expectLargeTargets(page);
  await page.getByRole('main').getByRole('link', { name: 'Inbox' }).click();
  await expect(row(page, 'From the road')).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Account' }).click();
  await expect(page.getByRole('heading', { name: 'Account' })).toBeVisible();
  await road.close();
});

test('A11 the inbox by keys: up and down, Enter, and the help says them', async () => {
  await scene.askFor(phone, 'First in line');
  await scene.askFor(phone, 'Second in line');
  await scene.openInbox(desk);
  await expect(row(desk, 'Second in line')).toBeVisible();
  await desk.keyboard.press('ArrowDown');
  await expect(opened(desk).getByRole('heading', { name: 'First in line' })).toBeVisible();
  await desk.keyboard.press('ArrowDown');
  await expect(opened(desk).getByRole('heading', { name: 'Second in line' })).toBeVisible();
  await desk.keyboard.press('ArrowUp');
  await desk.keyboard.press('Enter');
  await expect(opened(desk).getByRole('heading', { name: 'First in line' })).toBeFocused();
  await desk.keyboard.press('?');
  await expect(desk.getByRole('dialog')).toContainText('Inbox: accept, propose times, decline');
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('Control+k');
  await desk.getByRole('combobox').fill('request');
  await expect(desk.getByRole('option', { name: 'Inbox' })).toBeVisible();
});

test('A11 a direct call that rings stands in the inbox and can be answered there', async () => {
  const { origin } = scene.product;
  const policies = await askAs(scene.expert.context, origin, readPolicies);
  const on = { ...policies, directCall: { ...policies.directCall, enabled: true } };
  await askAs(scene.expert.context, origin, changePolicies, { body: { policies: on } });
  const params = { codeId: scene.code.id };
  await askAs(scene.expert.context, origin, access.updateCode, { params, body: { directCall: true } });
  await Promise.all([scene.openInbox(desk), scene.openInbox(secondDesk)]);
  await expect(desk.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await expect(secondDesk.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await askAs(scene.customer.context, origin, startDirectCall, { params, body: { subject: 'It rings' } });
  await expect(row(desk, 'It rings')).toContainText('Is calling now');
  await expect(row(secondDesk, 'It rings')).toContainText('Is calling now');
  // The ring lies over the list: the key answers what is open beside it.
  await expect(opened(secondDesk).getByRole('heading', { name: 'It rings' })).toBeVisible();
  await secondDesk.keyboard.press('a');
  await expect(secondDesk).toHaveURL(/\/s\//);
  await expect(row(desk, 'It rings')).toHaveCount(0);
});
