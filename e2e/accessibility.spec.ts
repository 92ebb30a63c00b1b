import { expect, type Page, test } from '@playwright/test';
import { violationsOn } from './harness/accessible.ts';
import { joinButton, meet, openSession, type Scene, setScene } from './harness/scene.ts';

let scene: Scene;
let ticketId: string;
test.beforeAll(async () => {
  scene = await setScene();
  ({ ticketId } = await scene.newSession('Oil under the press'));
});
test.afterAll(() => scene.end());
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) {
    for (const page of context.pages()) await page.close();
  }
});

const schemes = ['light', 'dark'] as const;

/**
 * Nothing that axe calls serious or critical, in light colours and in dark ones. Dressed before it is opened: a page that changes
 * its colours is between them for a moment.
 */
async function expectAccessible(page: Page, open: () => Promise<void>): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open();
    await expectNothingBad(page, colorScheme);
  }
}

async function expectNothingBad(page: Page, dress: string): Promise<void> {
  // What fades in is judged when it is there.
  await page.evaluate(async () => {
    await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
    await Promise.all(
      document.getAnimations().flatMap((one) => {
        const endless = one.effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY;
        return endless ? [] : [one.finished.catch(() => undefined)];
      }),
    );
  });
  const violations = await violationsOn(page);
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const said = bad.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`).join(' | ')}`,
  );
  expect.soft(said, `${page.url()}, ${dress}`).toEqual([]);
}

test('C7 the desk, light and dark', async () => {
  const { origin } = scene.product;
  const page = await scene.expert.tab();
  const pages: readonly [string, RegExp][] = [
    ['/inbox', /^Inbox$/],
    ['/tickets', /^Tickets$/],
    [`/tickets/${ticketId}`, /Oil under the press/],
    ['/codes', /^Codes$/],
    [`/codes/${scene.code.id}`, /Press 7/],
    ['/members', /^Members$/],
    ['/recordings', /^Recordings$/],
    ['/reports', /^Reports$/],
    ['/privacy', /^Privacy$/],
    ['/account', /./],
    ['/nowhere', /./],
  ];
  for (const [path, title] of pages) {
    await expectAccessible(page, async () => {
      await page.goto(origin + path);
      await expect(page.getByRole('heading', { name: title }).first()).toBeVisible();
    });
  }
  await expectAccessible(page, async () => {
    await page.goto(`${origin}/codes/${scene.code.id}/label`);
    await expect(page.getByRole('img').first()).toBeVisible();
  });
});

test('C7 the desk’s dialogs, light and dark', async () => {
  const { origin } = scene.product;
  const page = await scene.expert.tab();
  for (const [path, button] of [
    ['/tickets', 'New ticket'],
    ['/codes', 'New code'],
    ['/members', 'Invite'],
  ] as const) {
    await expectAccessible(page, async () => {
      await page.goto(origin + path);
      await page.getByRole('button', { name: button }).first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    });
  }
});

test('C7 set-up, sign-in and invitation, light and dark', async () => {
  const { origin } = scene.product;
  const stranger = await scene.expert.browser.newContext();
  const page = await stranger.newPage();
  for (const path of ['/sign-in', `/setup/${'x'.repeat(43)}`, `/invitation/${'x'.repeat(43)}`]) {
    await expectAccessible(page, async () => {
      await page.goto(origin + path);
      await expect(page.getByRole('heading').first()).toBeVisible();
    });
  }
  await stranger.close();
});

test('C7 the customer’s pages, light and dark', async () => {
  const { origin } = scene.product;
  const page = await scene.customer.tab();
  for (const [address, heading] of [
    [scene.code.link, /Press 7/],
    [`${scene.code.link}#ticket-${ticketId}`, /Oil under the press/],
    [`${scene.code.link}#new`, /Ask for help/],
    [`${scene.code.link}#session`, /Ask for a video session/],
    [`${origin}/c`, /Type your code/],
    [`${origin}/c/${'x'.repeat(43)}`, /not in use any more/],
    [`${origin}/s/nonsense`, /There is no session here for you/],
  ] as const) {
    await expectAccessible(page, async () => {
      // Another address of the same page would only move within it.
      await page.goto('about:blank');
      await page.goto(address);
      await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    });
  }
  const stranger = await scene.customer.browser.newContext();
  const entrance = await stranger.newPage();
  await expectAccessible(entrance, async () => {
    await entrance.goto(scene.code.link);
    await expect(entrance.getByLabel('What is your name?')).toBeVisible();
  });
  await stranger.close();
});

// Dark in both schemes.
test('C7 the session before, during and after, on both sides', async () => {
  const { sessionId } = await scene.newSession('Belt slips');
  for (const who of ['expert', 'customer'] as const) {
    const before = await openSession(scene, who, sessionId);
    await expect(joinButton(before)).toBeVisible();
    await expectNothingBad(before, 'always dark');
    await before.close();
  }
  const { desk, phone } = await meet(scene, sessionId);
  await expect(desk.getByLabel('Status')).toHaveText('In progress');
  for (const panel of ['Participants', 'Settings', 'Chat']) {
    await desk.getByRole('tab', { name: panel }).click();
    await expectNothingBad(desk, 'always dark');
  }
  await expectNothingBad(phone, 'always dark');
  await phone.getByRole('button', { name: /^Chat/ }).click();
  await expectNothingBad(phone, 'always dark');
  await phone.getByRole('button', { name: 'Fold away' }).click();
  await phone.getByRole('button', { name: 'Leave the session' }).click();
  await expect(phone.getByRole('heading', { name: 'You have left the session' })).toBeVisible();
  await expectNothingBad(phone, 'always dark');
});
