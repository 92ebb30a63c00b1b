import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import { changePolicies, readPolicies } from '#contract/access/policies.ts';
import { startDirectCall } from '#contract/direct-call/http.ts';
import * as requests from '#contract/request/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { askAs } from './harness/api.ts';
import { askDatabase } from './harness/kept-files.ts';
import { CUSTOMER, EXPERT, joinButton, MACHINE, type Scene, setScene } from './harness/scene.ts';

/** A11 with two experts and two phones, by their pages: what one asks for, and how the two sides find a time. */
const COLLEAGUE = 'Carl Berg';
const SECOND = 'Ines Prado';
let scene: Scene;
let desk: Page;
let second: Page;
let phone: Page;
let otherPhone: Page;

test.beforeAll(async () => {
  scene = await setScene();
  const { origin } = scene.product;
  const carl = await scene.expert.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const body = { email: 'carl@example.org', role: 'expert' };
  const { link } = await askAs(scene.expert.context, origin, access.invite, { body });
  const secret = link.split('/').at(-1) ?? '';
  const joins = { name: COLLEAGUE, password: 'four small green apples' };
  await askAs(carl, origin, access.acceptInvitation, { params: { secret }, body: joins });
  const ines = await scene.customer.browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'en-GB',
  });
  const key = { link: scene.code.link.split('/').at(-1) };
  await askAs(ines, origin, access.enterCode, { body: { key, displayName: SECOND } });
  desk = await scene.expert.tab();
  second = await carl.newPage();
  phone = await scene.customer.tab();
  otherPhone = await ines.newPage();
});
test.afterAll(async () => scene.end());

/** A day and a time in so many hours, as the browser's own field takes it; full, so that it reads the same everywhere. */
const inHours = (hours: number) => {
  const at = new Date(Date.now() + hours * 3_600_000);
  at.setMinutes(0, 0, 0);
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:00`;
};
const clock = (field: string) => `${Number(field.slice(11, 13))}:00`;

const openPhone = (page: Page) => page.goto(`${scene.code.link}#tickets`);
const openInbox = (page: Page) => page.goto(`${scene.product.origin}/inbox`);
/** Asks by the form, from the code's list. */
async function askFor(page: Page, subject: string, words = '', when: string | null = null): Promise<void> {
  await openPhone(page);
  await page.getByRole('link', { name: 'Ask for a video session' }).click();
  await page.getByLabel('What is it about?').fill(subject);
  if (words !== '') await page.getByLabel('What would you like to show?').fill(words);
  if (when !== null) {
    await page.getByLabel('At a certain time').check();
    await page.getByLabel('Day and time').fill(when);
  }
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(card(page, subject)).toBeVisible();
}
const card = (page: Page, subject: string) => page.getByRole('article', { name: subject });
const row = (page: Page, subject: string) =>
  page.getByRole('list', { name: 'What waits' }).getByRole('listitem').filter({ hasText: subject });
const opened = (page: Page) => page.getByRole('article');
const count = (page: Page) => page.getByRole('navigation').getByRole('link', { name: /^Inbox/ });
/** Opens the one that waits, at a desk. */
async function choose(page: Page, subject: string): Promise<void> {
  await row(page, subject).getByRole('link').click();
  await expect(opened(page).getByRole('heading', { name: subject })).toBeVisible();
}
/** The request of this subject as the server has it. */
async function found(subject: string): Promise<requests.SessionRequest | undefined> {
  const params = { codeId: scene.code.id };
  const context = scene.customer.context;
  const listed = await askAs(context, scene.product.origin, requests.listCodeRequests, { params });
  return listed.requests.find((one) => one.subject === subject);
}
/** Takes back what is left, so that the next test begins with an empty inbox. */
async function clear(context: BrowserContext): Promise<void> {
  const params = { codeId: scene.code.id };
  const listed = await askAs(context, scene.product.origin, requests.listCodeRequests, { params });
  for (const one of listed.requests.filter(({ status }) => status === 'requested' || status === 'scheduled'))
    await askAs(context, scene.product.origin, requests.withdrawRequest, { params: { sessionId: one.sessionId } });
}
test.afterEach(async () => clear(scene.customer.context));

const expectAccessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const said = violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))]);
  expect.soft(said, page.url()).toEqual([]);
};
/** What a finger has to hit is large enough. */
const expectLargeTargets = async (page: Page) => {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll('a, button, input:not([type=radio]), textarea, label:has(input[type=radio])'),
    ].flatMap((one) => {
      const { width, height } = one.getBoundingClientRect();
      return height > 0 && (height < 48 || width < 48) ? [`${one.outerHTML.slice(0, 80)} ${width}x${height}`] : [];
    }),
  );
  expect.soft(small, page.url()).toEqual([]);
};

test('A11 a customer asks from the code’s page; it waits in the inbox with machine, wish, words and history', async () => {
  const ticketId = await scene.newTicket('The press stood still');
  const closing = { params: { ticketId }, body: { status: 'resolved' } };
  await askAs(scene.expert.context, scene.product.origin, tickets.updateTicket, closing);
  await desk.goto(scene.product.origin);
  await expect(desk.getByText('Nothing waits')).toBeVisible();
  await expectAccessible(desk);

  await openPhone(phone);
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

test('A11 also from a ticket; what waits longest stands first, unanswered messages too', async () => {
  const ticketId = await scene.newTicket('Strange noise', 'It hums when it starts.');
  await phone.goto(`${scene.code.link}#ticket-${ticketId}`);
  await phone.getByRole('link', { name: 'Ask for a video session' }).click();
  await expect(phone.getByLabel('What is it about?')).toHaveValue('Strange noise');
  await phone.getByRole('button', { name: 'Send the request' }).click();
  await expect(phone.getByRole('status').filter({ hasText: 'Waiting for an answer' })).toBeVisible();
  await expect(phone.getByRole('link', { name: 'Ask for a video session' })).toHaveCount(0);
  await expectLargeTargets(phone);
  await askFor(otherPhone, 'No light');

  await openInbox(desk);
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

test('A11 accepted at once by a key: both are in the session a moment later', async () => {
  await askFor(phone, 'Please look now');
  await openInbox(desk);
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
  await askFor(phone, 'Check the valves');
  await openInbox(desk);
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

  const sessionId = (await found('Check the valves'))?.sessionId ?? '';
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
  await askFor(phone, 'Too early', 'Any day', inHours(30));
  await openInbox(desk);
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
  await askFor(phone, 'On Monday please', '', wish);
  await openInbox(desk);
  await choose(desk, 'On Monday please');
  await opened(desk)
    .getByRole('button', { name: clock(wish) })
    .click();
  await expect(card(phone, 'On Monday please')).toContainText('Planned:');
});

test('A11 two employees answer at once: one has it, the other is told who', async () => {
  await askFor(phone, 'Both want it');
  await Promise.all([openInbox(desk), openInbox(second)]);
  await Promise.all([choose(desk, 'Both want it'), choose(second, 'Both want it')]);
  // The second desk does not hear in time that the first has answered.
  await second.route('**/api/inbox?*', (route) => route.abort());
  await desk.keyboard.press('p');
  await desk.getByRole('dialog').getByRole('button', { name: 'Send this time' }).click();
  await expect(desk.getByText('picks a time')).toBeVisible();
  await opened(second).getByRole('button', { name: 'Accept now' }).click();
  await expect(second.getByText(`${EXPERT} was first and has this request now.`).first()).toBeVisible();
  expect((await found('Both want it'))?.status).toBe('requested');
  await second.unroute('**/api/inbox?*');
});

test('A11 a colleague who looks at it sees it go, and who has answered', async () => {
  await askFor(otherPhone, 'Seen by two');
  await Promise.all([openInbox(desk), openInbox(second)]);
  await Promise.all([choose(desk, 'Seen by two'), choose(second, 'Seen by two')]);
  await opened(second).getByRole('button', { name: 'Decline' }).click();
  await second.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
  await expect(desk.getByText(`${COLLEAGUE} has answered “Seen by two”.`)).toBeVisible();
  await expect(row(desk, 'Seen by two')).toHaveCount(0);
});

test('A11 declined with a word; the customer reads it, and can ask again or hide it', async () => {
  await askFor(phone, 'A new colour');
  await openInbox(desk);
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
  const sessionId = (await found('A new colour'))?.sessionId ?? '';
  await second.goto(`${scene.product.origin}/s/${sessionId}`);
  await expect(second.getByRole('heading', { name: 'The request was declined' })).toBeVisible();
  await otherPhone.goto(`${scene.product.origin}/s/${sessionId}?as=code`);
  await expect(otherPhone.getByText('Painting is not ours, sorry.')).toBeVisible();
  await asked.getByRole('button', { name: 'Hide' }).click();
  await expect(asked).toHaveCount(0);
  await phone.reload();
  await expect(phone.getByRole('heading', { name: MACHINE })).toBeVisible();
  await expect(asked).toHaveCount(0);
});

test('A11 nobody answers: it ends by itself, said on both sides, and is asked for again with the same words', async () => {
  await askFor(phone, 'Forgotten', 'The lamp is off.');
  await openInbox(desk);
  await expect(row(desk, 'Forgotten')).toBeVisible();
  const sessionId = (await found('Forgotten'))?.sessionId ?? '';
  const late = "update session_request set expires_at = now() - interval '1 second' where session_id = $1";
  await askDatabase(scene.product, late, [sessionId]);
  const asked = card(phone, 'Forgotten');
  // The server looks every minute.
  await expect(asked).toContainText('Nobody could answer in time', { timeout: 75_000 });
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
  await askFor(phone, 'Within two hours');
  const until = new Date((await found('Within two hours'))?.expiresAt ?? 0);
  expect(Math.abs(until.getTime() - Date.now() - 2 * 3_600_000)).toBeLessThan(60_000);
  const words = until.toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit' });
  await expect(card(phone, 'Within two hours')).toContainText(`${words} at the latest`);
});

test('A11 the inbox on a phone: the list, one of it, and back', async () => {
  await askFor(phone, 'From the road');
  const state = await scene.expert.context.storageState();
  const road = await scene.expert.browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'en-GB',
    storageState: state,
  });
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

test('A11 taken back by the customer, it is gone from the inbox', async () => {
  await askFor(phone, 'Never mind');
  await openInbox(desk);
  await expect(row(desk, 'Never mind')).toBeVisible();
  await card(phone, 'Never mind').getByRole('button', { name: 'Take it back' }).click();
  await phone.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(row(desk, 'Never mind')).toHaveCount(0);
  await expect(card(phone, 'Never mind')).toHaveCount(0);
});

test('A11 C3 asked without a connection, it goes out by itself, once, also after a reload', async () => {
  await openPhone(phone);
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
  await openInbox(desk);
  await expect(row(desk, 'In the cellar')).toHaveCount(1);
});

test('A11 the inbox by keys: up and down, Enter, and the help says them', async () => {
  await askFor(phone, 'First in line');
  await askFor(phone, 'Second in line');
  await openInbox(desk);
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
  await Promise.all([openInbox(desk), openInbox(second)]);
  await expect(desk.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await expect(second.getByRole('heading', { name: 'Inbox' })).toBeVisible();
  await askAs(scene.customer.context, origin, startDirectCall, { params, body: { subject: 'It rings' } });
  await expect(row(desk, 'It rings')).toContainText('Is calling now');
  await expect(row(second, 'It rings')).toContainText('Is calling now');
  await choose(second, 'It rings');
  await second.keyboard.press('a');
  await expect(second).toHaveURL(/\/s\//);
  await expect(row(desk, 'It rings')).toHaveCount(0);
});
