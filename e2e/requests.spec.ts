import { expect, type Page, test } from '@playwright/test';
import * as tickets from '#contract/ticket/http.ts';
import { askAs } from './harness/api.ts';
import {
  type AskingScene,
  card,
  choose,
  clock,
  expectAccessible,
  expectLargeTargets,
  inHours,
  inMinutes,
  opened,
  row,
  setAskingScene,
} from './harness/asking.ts';
import { askDatabase } from './harness/kept-files.ts';
import { CUSTOMER, EXPERT, joinButton, MACHINE } from './harness/scene.ts';

/** A11 from asking to the agreed time or the end, by the pages of both sides; the inbox itself is in inbox.spec.ts. */
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

test('A11 a customer asks from the code’s page; it waits in the inbox with machine, wish, words and history', async () => {
  const ticketId = await scene.newTicket('The press stood still');
  const closing = { params: { ticketId }, body: { status: 'resolved' } };
  await askAs(scene.expert.context, scene.product.origin, tickets.updateTicket, closing);
  await desk.goto(scene.product.origin);
  await expect(desk.getByText('Nothing waits')).toBeVisible();
  await expectAccessible(desk);

  await phone.goto(`${scene.code.link}#tickets`);
  await phone.getByRole('link', { name: 'Ask for a video session' }).click();
  await expectAccessible(phone);
  await expectLargeTargets(phone);
  await phone.getByRole('button', { name: 'Send the request' }).click();
  await expect(phone.getByText('Please say what it is about.')).toBeVisible();
  await phone.getByLabel('What is it about?').fill('Oil below the cylinder');
  await phone.getByLabel('What would you like to show?').fill('It drips from the left flange.');
  await expect(phone.getByLabel('As soon as possible')).toBeChecked();
  await phone.getByLabel('E-mail for the answer').fill('rafael@example.org');
  await phone.getByRole('button', { name: 'Send the request' }).click();
  const asked = card(phone, 'Oil below the cylinder');
  await expect(asked).toContainText('Waiting for an answer');
  await expect(asked).toContainText(/You get an answer by .+ at the latest/);
  await expectAccessible(phone);
  await expectLargeTargets(phone);

  await expect(count(desk)).toContainText('1');
  await expect(row(desk, 'Oil below the cylinder')).toContainText(`${CUSTOMER} · ${MACHINE}`);
  await expect(row(desk, 'Oil below the cylinder')).toContainText('Waiting for less than a minute');
  await choose(desk, 'Oil below the cylinder');
  await expect(opened(desk)).toContainText('It drips from the left flange.');
  await expect(opened(desk)).toContainText('As soon as possible');
  await expect(opened(desk)).toContainText('e-mail address');
  await expect(opened(desk).getByRole('link', { name: /The press stood still/ })).toBeVisible();
  await expectAccessible(desk);
});

test('A11 accepted at once by a key: both are in the session a moment later', async () => {
  await scene.askFor(phone, 'Please look now');
  await scene.openInbox(desk);
  await choose(desk, 'Please look now');
  await desk.keyboard.press('a');
  await expect(joinButton(desk)).toBeVisible();
  await joinButton(desk).click();
  await expect(phone.getByText(`${EXPERT} is waiting for you`)).toBeVisible();
  await phone.getByRole('link', { name: 'Join' }).click();
  await joinButton(phone).click();
  await expect(phone.getByRole('button', { name: 'Leave the session' })).toBeVisible();
  await desk.getByRole('button', { name: 'Leave the session' }).click();
  await phone.goto('about:blank');
  await desk.goto('about:blank');
});

test('A11 an expert proposes times, the customer picks one: planned on both sides, with a calendar file', async () => {
  await scene.askFor(phone, 'Check the valves');
  await scene.openInbox(desk);
  await choose(desk, 'Check the valves');
  await desk.keyboard.press('p');
  const dialog = desk.getByRole('dialog', { name: 'Propose times' });
  const [first, later] = [inHours(26), inHours(50)];
  await dialog.getByLabel('Day and time').fill(first);
  await dialog.getByRole('button', { name: 'Add another time' }).click();
  await dialog.getByLabel('Time 2', { exact: true }).fill(later);
  await dialog.getByLabel('A word with it').fill('Then the machine is warm.');
  await expectAccessible(desk);
  await dialog.getByRole('button', { name: 'Send 2 times' }).click();
  await expect(desk.getByText(`Sent. ${CUSTOMER} picks a time.`)).toBeVisible();
  await expect(row(desk, 'Check the valves')).toHaveCount(0);

  const asked = card(phone, 'Check the valves');
  await expect(asked).toContainText(`${EXPERT} proposes 2 times. Which one suits you?`);
  await expect(asked).toContainText('Then the machine is warm.');
  await expectAccessible(phone);
  await expectLargeTargets(phone);
  await asked
    .getByRole('button', { name: clock(first) })
    .first()
    .click();
  await expect(asked).toContainText(/Planned: .+/);
  await expect(asked).toContainText(`with ${EXPERT}`);
  await expect(asked.getByRole('link', { name: 'Join' })).toHaveCount(0);
  const loading = phone.waitForEvent('download');
  await asked.getByRole('link', { name: 'Calendar file' }).click();
  expect((await loading).suggestedFilename()).toMatch(/\.ics$/);

  const sessionId = (await scene.found('Check the valves'))?.sessionId ?? '';
  for (const [page, as] of [
    [phone, '?as=code'],
    [desk, ''],
  ] as const) {
    await page.goto(`${scene.product.origin}/s/${sessionId}${as}`);
    await expect(page.getByText(/^It begins in \d+ h/)).toBeVisible();
    await expectAccessible(page);
  }
  await expectLargeTargets(phone);
  // Long before its time the customer has no way in; the expert opens it for both.
  await expect(joinButton(phone)).toHaveCount(0);
  await joinButton(desk).click();
  await expect(joinButton(desk)).toBeVisible();
  await joinButton(desk).click();
  // Somebody is there: nothing to wait for any more.
  await expect(phone.getByText(`${EXPERT} is waiting for you`)).toBeVisible();
  await joinButton(phone).click();
  await phone.getByRole('button', { name: 'Leave the session' }).click();
});

test('A11 the customer would like another time: the counter-proposal is back in the inbox and is picked there', async () => {
  await scene.askFor(phone, 'Too early', 'Any day', inHours(30));
  await scene.openInbox(desk);
  await choose(desk, 'Too early');
  await opened(desk).getByRole('button', { name: 'Propose times' }).click();
  await desk.getByRole('dialog').getByLabel('Day and time').fill(inHours(7));
  await desk.getByRole('dialog').getByRole('button', { name: 'Send this time' }).click();
  const asked = card(phone, 'Too early');
  await expect(asked).toContainText(`${EXPERT} proposes a time. Does it suit you?`);
  await asked.getByRole('button', { name: 'Other time' }).click();
  const wanted = inHours(54);
  await expectAccessible(phone);
  await phone.getByRole('dialog').getByLabel('Day and time').fill(wanted);
  await phone.getByRole('dialog').getByRole('button', { name: 'Send this time' }).click();
  await expect(asked).toContainText('You proposed');

  await choose(desk, 'Too early');
  await expect(opened(desk)).toContainText(`${CUSTOMER} proposes`);
  await opened(desk)
    .getByRole('button', { name: clock(wanted) })
    .click();
  await expect(desk.getByText(`Planned. ${CUSTOMER} is told and gets a calendar file.`)).toBeVisible();
  await expect(asked).toContainText('Planned:');
});

test('A11 the time wished for is agreed to with one click', async () => {
  const wish = inHours(28);
  await scene.askFor(phone, 'On Monday please', '', wish);
  await scene.openInbox(desk);
  await choose(desk, 'On Monday please');
  await opened(desk)
    .getByRole('button', { name: clock(wish) })
    .click();
  await expect(card(phone, 'On Monday please')).toContainText('Planned:');
});

test('A11 both sides are reminded before the time, and the way in opens', async () => {
  await scene.askFor(phone, 'Soon enough', '', inMinutes(12));
  await scene.openInbox(desk);
  await choose(desk, 'Soon enough');
  await opened(desk)
    .getByRole('button', { name: /Today|Tomorrow/ })
    .click();
  const asked = card(phone, 'Soon enough');
  await expect(asked).toContainText(/It begins in 1\d min/);
  await expect(asked.getByRole('link', { name: 'Join' })).toBeVisible();
  await expect(phone.getByText('Your video session begins soon')).toBeVisible({ timeout: 75_000 });
  await expect(desk.getByText('A video session begins soon')).toBeVisible();
});

test('A11 declined with a word; the customer reads it, and can ask again or hide it', async () => {
  await scene.askFor(phone, 'A new colour');
  await scene.openInbox(desk);
  await choose(desk, 'A new colour');
  await desk.keyboard.press('d');
  const dialog = desk.getByRole('dialog', { name: 'Decline this request?' });
  await dialog.getByLabel('A word for the customer').fill('Painting is not ours, sorry.');
  await dialog.getByRole('button', { name: 'Decline' }).click();
  const asked = card(phone, 'A new colour');
  await expect(asked).toContainText(`${EXPERT} can’t take this request`);
  await expect(asked).toContainText('Painting is not ours, sorry.');
  await expect(asked.getByRole('link', { name: 'Ask again' })).toBeVisible();
  await expectAccessible(phone);
  await expectLargeTargets(phone);
  const sessionId = (await scene.found('A new colour'))?.sessionId ?? '';
  await secondDesk.goto(`${scene.product.origin}/s/${sessionId}`);
  await expect(secondDesk.getByRole('heading', { name: 'The request was declined' })).toBeVisible();
  await scene.secondPhone.goto(`${scene.product.origin}/s/${sessionId}?as=code`);
  await expect(scene.secondPhone.getByText('Painting is not ours, sorry.')).toBeVisible();
  await asked.getByRole('button', { name: 'Hide' }).click();
  await expect(asked).toHaveCount(0);
  await phone.reload();
  await expect(phone.getByRole('heading', { name: MACHINE })).toBeVisible();
  await expect(asked).toHaveCount(0);
});

test('A11 nobody answers: it ends by itself, said on both sides, and is asked for again with the same words', async () => {
  await scene.askFor(phone, 'Forgotten', 'The lamp is off.');
  await scene.openInbox(desk);
  await expect(row(desk, 'Forgotten')).toBeVisible();
  const sessionId = (await scene.found('Forgotten'))?.sessionId ?? '';
  const late = "update session_request set expires_at = now() - interval '1 second' where session_id = $1";
  await askDatabase(scene.product, late, [sessionId]);
  const asked = card(phone, 'Forgotten');
  await expect(asked).toContainText('Nobody could answer in time');
  await expect(row(desk, 'Forgotten')).toHaveCount(0);
  await desk.goto(`${scene.product.origin}/s/${sessionId}`);
  await expect(desk.getByRole('heading', { name: /has expired/ })).toBeVisible();
  await expect(asked).toContainText('Ask again with another time, or write to the service team.');
  await asked.getByRole('link', { name: 'Ask again' }).click();
  await expect(phone.getByLabel('What is it about?')).toHaveValue('Forgotten');
  await expect(phone.getByLabel('What would you like to show?')).toHaveValue('The lamp is off.');
  await phone.getByLabel('What is it about?').fill('');
});

test('A11 the admin sets for how many hours a request waits', async () => {
  await desk.goto(`${scene.product.origin}/settings`);
  await desk.getByLabel('Hours that a request waits').fill('2');
  await desk.getByRole('button', { name: 'Save' }).click();
  await expect(desk.getByText('Saved.')).toBeVisible();
  await scene.askFor(phone, 'Within two hours');
  const until = new Date((await scene.found('Within two hours'))?.expiresAt ?? 0);
  expect(Math.abs(until.getTime() - Date.now() - 2 * 3_600_000)).toBeLessThan(60_000);
  const words = until.toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit' });
  await expect(card(phone, 'Within two hours')).toContainText(`${words} at the latest`);
});

test('A11 taken back by the customer, it is gone from the inbox', async () => {
  await scene.askFor(phone, 'Never mind');
  await scene.openInbox(desk);
  await expect(row(desk, 'Never mind')).toBeVisible();
  await card(phone, 'Never mind').getByRole('button', { name: 'Take it back' }).click();
  await phone.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(row(desk, 'Never mind')).toHaveCount(0);
  await expect(card(phone, 'Never mind')).toHaveCount(0);
});

test('A11 C3 asked without a connection, it goes out by itself, once, also after a reload', async () => {
  await phone.goto(`${scene.code.link}#tickets`);
  await phone.getByRole('link', { name: 'Ask for a video session' }).click();
  await phone.getByLabel('What is it about?').fill('In the cellar');
  // The server has it, its answer is lost; then nothing goes through.
  let lost = 0;
  await phone.route('**/api/requests', async (route) => {
    if (lost++ === 0) await route.fetch();
    await route.abort();
  });
  await phone.getByRole('button', { name: 'Send the request' }).click();
  await expect(phone.getByText('No connection. Your request is sent by itself when it is back.')).toBeVisible();
  await phone.unroute('**/api/requests');
  await phone.reload();
  await expect(card(phone, 'In the cellar')).toContainText('Waiting for an answer');
  await scene.openInbox(desk);
  await expect(row(desk, 'In the cellar')).toHaveCount(1);
});
