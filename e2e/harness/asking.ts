import { expect, type Page } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import * as requests from '#contract/request/http.ts';
import { violationsOn } from './accessible.ts';
import { askAs } from './api.ts';
import { type Scene, setScene } from './scene.ts';

export const COLLEAGUE = 'Carl Berg';
export const SECOND = 'Ines Prado';
export const phoneScreen = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' };

/** Two experts and two phones of the same code, for sessions that are asked for (A11). */
export interface AskingScene extends Scene {
  readonly desk: Page;
  readonly secondDesk: Page;
  readonly phone: Page;
  readonly secondPhone: Page;
  /** Asks by the form, from the code's list. */
  askFor(page: Page, subject: string, words?: string, when?: string | null): Promise<void>;
  openInbox(page: Page): Promise<void>;
  /** The request of this subject as the server has it. */
  found(subject: string): Promise<requests.SessionRequest | undefined>;
  /** Takes back what is left, so that the next test begins with an empty inbox. */
  clear(): Promise<void>;
}

/** Sets it all up, past the pages. */
export async function setAskingScene(): Promise<AskingScene> {
  const scene = await setScene();
  const { origin } = scene.product;
  const carl = await scene.expert.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const body = { email: 'carl@example.org', role: 'expert' };
  const { link } = await askAs(scene.expert.context, origin, access.invite, { body });
  const secret = link.split('/').at(-1) ?? '';
  const joins = { name: COLLEAGUE, password: 'four small green apples' };
  await askAs(carl, origin, access.acceptInvitation, { params: { secret }, body: joins });
  const ines = await scene.customer.browser.newContext(phoneScreen);
  const key = { link: scene.code.link.split('/').at(-1) };
  await askAs(ines, origin, access.enterCode, { body: { key, displayName: SECOND } });

  const list = async () => {
    const params = { codeId: scene.code.id };
    return (await askAs(scene.customer.context, origin, requests.listCodeRequests, { params })).requests;
  };
  return {
    ...scene,
    desk: await scene.expert.tab(),
    secondDesk: await carl.newPage(),
    phone: await scene.customer.tab(),
    secondPhone: await ines.newPage(),
    async askFor(page, subject, words = '', when = null) {
      await page.goto(`${scene.code.link}#tickets`);
      await page.getByRole('link', { name: 'Ask for a video session' }).click();
      await page.getByLabel('What is it about?').fill(subject);
      if (words !== '') await page.getByLabel('What would you like to show?').fill(words);
      if (when !== null) {
        await page.getByLabel('At a certain time').check();
        await page.getByLabel('Day and time').fill(when);
      }
      await page.getByRole('button', { name: 'Send the request' }).click();
      await expect(card(page, subject)).toBeVisible();
    },
    openInbox: async (page) => void (await page.goto(`${origin}/inbox`)),
    found: async (subject) => (await list()).find((one) => one.subject === subject),
    async clear() {
      const open = (await list()).filter(({ status }) => status === 'requested' || status === 'scheduled');
      for (const { sessionId } of open)
        await askAs(scene.customer.context, origin, requests.withdrawRequest, { params: { sessionId } });
    },
  };
}

/** A full hour so many hours from now, as the browser's own field takes it. */
export const inHours = (hours: number): string => `${inMinutes(hours * 60).slice(0, -2)}00`;

/** So many minutes from now. */
export function inMinutes(minutes: number): string {
  const at = new Date(Date.now() + minutes * 60_000);
  const pad = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
/** Its time as the pages write it. */
export const clock = (field: string): string => `${Number(field.slice(11, 13))}:00`;

/** A request on the customer's page. */
export const card = (page: Page, subject: string) => page.getByRole('article', { name: subject });
/** What waits, at a desk. */
export const row = (page: Page, subject: string) =>
  page.getByRole('list', { name: 'What waits' }).getByRole('listitem').filter({ hasText: subject });
/** The one that is open beside the list. */
export const opened = (page: Page) => page.getByRole('article');
/** Opens the one that waits, at a desk. */
export async function choose(page: Page, subject: string): Promise<void> {
  await row(page, subject).getByRole('link').click();
  await expect(opened(page).getByRole('heading', { name: subject })).toBeVisible();
}

export async function expectAccessible(page: Page): Promise<void> {
  const violations = await violationsOn(page);
  const said = violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(' '))]);
  expect.soft(said, page.url()).toEqual([]);
}

/** What a finger has to hit is large enough; the keyboard's way past the navigation is for no finger. */
export async function expectLargeTargets(page: Page): Promise<void> {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'a:not(.skip), button, input:not([type=radio]), textarea, label:has(input[type=radio])',
      ),
    ].flatMap((one) => {
      const { width, height } = one.getBoundingClientRect();
      return height > 0 && (height < 48 || width < 48) ? [`${one.outerHTML.slice(0, 80)} ${width}x${height}`] : [];
    }),
  );
  expect.soft(small, page.url()).toEqual([]);
}
