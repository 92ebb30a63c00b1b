import { expect, type Page, test } from '@playwright/test';
import { launch, type Person } from './harness/browsers.ts';
import { type Product, startProduct } from './harness/product.ts';
import { admin, CUSTOMER, EXPERT, MACHINE } from './harness/scene.ts';

/** The way of a new organization, step by step by its pages: what one test leaves behind is where the next one begins. */
test.describe.configure({ mode: 'serial' });

let product: Product;
let expert: Person;
let customer: Person;
let desk: Page;
let phone: Page;
let link: string;
test.beforeAll(async () => {
  product = await startProduct();
  [expert, customer] = [await launch('expert'), await launch('customer')];
  [desk, phone] = [await expert.tab(), await customer.tab()];
});
test.afterAll(async () => {
  await Promise.all([expert.close(), customer.close()]);
  await product.end();
});

const thread = (page: Page) => page.getByLabel('Thread');
const write = async (page: Page, text: string) => {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
};
/** The texts of the thread in their order, as they are shown. */
const textsIn = (page: Page, ...wanted: string[]) =>
  thread(page)
    .locator('li p')
    .allTextContents()
    .then((all) => all.filter((text) => wanted.includes(text)));

test('the one-time link makes the organization, once', async () => {
  await desk.goto(product.origin + product.setupPath);
  await desk.getByLabel('Organization').fill(admin.organization);
  await desk.getByLabel('Your name').fill(admin.name);
  await desk.getByLabel('E-mail address').fill(admin.email);
  await desk.getByLabel('Password', { exact: true }).fill(admin.password);
  await desk.getByRole('button', { name: 'Set up' }).click();
  await expect(desk.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  await expect(desk.getByText('No tickets yet')).toBeVisible();
  const again = await customer.tab();
  await again.goto(product.origin + product.setupPath);
  await expect(again.getByRole('heading', { name: 'This link is used up' })).toBeVisible();
  await again.close();
});

test('sign-out and sign-in; a wrong password says nothing about the account', async () => {
  await desk.getByRole('button', { name: `You: ${EXPERT}` }).click();
  await desk.getByRole('menuitem', { name: 'Sign out' }).click();
  await desk.getByLabel('E-mail address').fill('nobody@example.org');
  await desk.getByLabel('Password', { exact: true }).fill('wrong password');
  await desk.getByRole('button', { name: 'Sign in' }).click();
  const unknown = await desk.getByRole('alert').textContent();
  await desk.getByLabel('E-mail address').fill(admin.email);
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await expect(desk.getByRole('alert')).toHaveText(unknown ?? '');
  await desk.getByLabel('Password', { exact: true }).fill(admin.password);
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await expect(desk.getByRole('heading', { name: 'Inbox', exact: true })).toBeVisible();
});

test('a member is invited by a link and signs in', async () => {
  await desk.goto(`${product.origin}/members`);
  await desk.getByRole('button', { name: 'Invite' }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill('carl@example.org');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  await expect(dialog.getByText('shown only now')).toBeVisible();
  const invitation = /http\S+\/invitation\/[\w-]+/.exec(await dialog.innerHTML())?.[0] ?? '';
  const other = await expert.browser.newContext();
  const page = await other.newPage();
  await page.goto(invitation);
  await page.getByLabel('Your name').fill('Carl Berg');
  await page.getByLabel('Password', { exact: true }).fill('four small green apples');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { name: 'Tickets', exact: true })).toBeVisible();
  await other.close();
});

test('a code with its QR code, short code and label', async () => {
  await desk.goto(`${product.origin}/codes`);
  await desk.getByRole('button', { name: 'New code' }).first().click();
  await desk.getByRole('dialog').getByLabel('Name').fill(MACHINE);
  await desk.getByRole('button', { name: 'Make the code' }).click();
  await expect(desk.getByRole('heading', { name: MACHINE })).toBeVisible();
  const picture = desk.getByRole('img', { name: `QR code of ${MACHINE}` });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
  link = (await desk.getByText(/^http\S+\/c\/[\w-]+$/).textContent()) ?? '';
  expect(link).toMatch(/\/c\/[\w-]{22,}$/);
  await expect(desk.getByRole('link', { name: 'Print label' })).toBeVisible();
});

test('A7 a customer opens the link, gives a name once and opens a ticket; the desk sees it live', async () => {
  await desk.goto(`${product.origin}/tickets`);
  await expect(desk.getByText('No tickets yet')).toBeVisible();
  await phone.goto(link);
  await expect(phone.getByRole('heading', { name: MACHINE })).toBeVisible();
  await phone.getByLabel('What is your name?').fill(CUSTOMER);
  await phone.getByRole('button', { name: 'Continue' }).click();
  await phone.getByRole('link', { name: 'Ask for help' }).click();
  await phone.getByLabel('What is it about?').fill('Oil under the press');
  await phone.getByLabel('What happens? (may stay empty)').fill('It drips since this morning.');
  await phone.getByRole('button', { name: 'Send' }).click();
  await expect(phone.getByRole('heading', { name: 'Oil under the press' })).toBeVisible();

  const row = desk
    .getByRole('list', { name: 'Tickets' })
    .getByRole('listitem')
    .filter({ hasText: 'Oil under the press' });
  await expect(row).toContainText(MACHINE);
  await expect(row).toContainText('1 new message');
  await row.getByRole('link').click();
  await expect(thread(desk).getByText('It drips since this morning.')).toBeVisible();
  // Reading takes the mark away.
  await desk.getByRole('link', { name: 'Tickets' }).first().click();
  await expect(row).not.toContainText('new message');
  await row.getByRole('link').click();
});

test('A7 messages go both ways live, with sender, "is typing", and text as text', async () => {
  await write(desk, 'How much is it?');
  await expect(thread(phone).getByText('How much is it?')).toBeVisible();
  await expect(thread(phone).getByText(EXPERT).first()).toBeVisible();
  await phone.getByLabel('Message', { exact: true }).pressSequentially('A cup', { delay: 30 });
  await expect(desk.getByText(`${CUSTOMER} is typing…`)).toBeVisible();
  const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await write(phone, evil);
  await expect(thread(desk).getByText(evil)).toBeVisible();
  expect(await desk.title()).not.toMatch(/^[12]$/);
});

test('A7 an unread mark on the customer’s list, gone when read', async () => {
  await phone.getByRole('link', { name: 'Back' }).click();
  const row = phone.getByRole('list', { name: 'Your tickets' }).getByRole('listitem');
  await expect(row).not.toContainText('new message');
  await write(desk, 'Please put a tray below.');
  await expect(row).toContainText('1 new message');
  await row.getByRole('link').click();
  await expect(thread(phone).getByText('Please put a tray below.')).toBeVisible();
  await phone.getByRole('link', { name: 'Back' }).click();
  await expect(row).not.toContainText('new message');
  await row.getByRole('link').click();
});

test('A7 what is typed offline says so, goes out once on reconnect, in order', async () => {
  await expect(thread(phone).getByText('Please put a tray below.')).toBeVisible();
  await customer.context.setOffline(true);
  await write(phone, 'First, offline');
  await write(phone, 'Second, offline');
  await expect(phone.getByText(/^No connection/)).toBeVisible();
  await expect(thread(phone).getByText('Waiting for the connection').first()).toBeVisible();
  await write(desk, 'Are you there?');
  await customer.context.setOffline(false);
  await expect(thread(desk).getByText('Second, offline')).toBeVisible({ timeout: 30_000 });
  await expect(thread(phone).getByText('Are you there?')).toBeVisible();
  const all = ['First, offline', 'Second, offline', 'Are you there?'];
  await expect.poll(() => textsIn(desk, ...all)).toEqual(['Are you there?', 'First, offline', 'Second, offline']);
  await expect.poll(() => textsIn(phone, ...all)).toEqual(['Are you there?', 'First, offline', 'Second, offline']);
  await expect(phone.getByText('Waiting for the connection')).toHaveCount(0);
  await phone.reload();
  await expect(thread(phone).getByText('Second, offline')).toHaveCount(1);
});

test('the short code, typed by hand on another phone, leads to the same code', async () => {
  await desk.goto(`${product.origin}/codes`);
  await desk.getByRole('link', { name: MACHINE }).first().click();
  await expect(desk.getByRole('heading', { name: 'Short code' })).toBeVisible();
  const shown = (await desk.getByRole('main').textContent()) ?? '';
  const shortCode =
    /[2-9A-HJKMNP-TV-Z]{4}[-– ]?[2-9A-HJKMNP-TV-Z]{4}/.exec(shown.split('Short code')[1] ?? '')?.[0] ?? '';
  const context = await customer.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${product.origin}/c`);
  await page.getByLabel('Code', { exact: true }).fill('2222 2222');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('There is no such code.')).toBeVisible();
  await page.getByLabel('Code', { exact: true }).fill(shortCode.toLowerCase());
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: MACHINE })).toBeVisible();
  await context.close();
});

test('a code that is switched off closes the page that is open', async () => {
  await desk.getByRole('button', { name: 'Switch off' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await expect(phone.getByRole('heading', { name: 'This code is not in use any more' })).toBeVisible({
    timeout: 30_000,
  });
});
