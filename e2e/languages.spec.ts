import { expect, type Page, test } from '@playwright/test';
import { updateCode } from '#contract/access/http.ts';
import { changePolicies, readPolicies } from '#contract/access/policies.ts';
import { answerButtons } from '#web/features/recording/consent-words.ts';
import { askAs } from './harness/api.ts';
import { phoneScreen } from './harness/asking.ts';
import { keepPicture } from './harness/keep-picture.ts';
import { answer, questionOn } from './harness/recording.ts';
import { admin, CUSTOMER, EXPERT, MACHINE, openSession, type Scene, setScene } from './harness/scene.ts';
import { cutOn, englishOn } from './harness/words.ts';

const SUBJECT = 'Öl unter der Presse';
const LINE = 'Links tropft es';
const REQUEST = 'Kette klemmt';

let scene: Scene;
let ticketId: string;
test.beforeAll(async () => {
  scene = await setScene({ locale: 'de-DE' });
  ticketId = await scene.newTicket(SUBJECT, LINE);
});
test.afterAll(() => scene.end());
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) for (const page of context.pages()) await page.close();
});

/** What stands on the pages because somebody wrote it. */
const data = [admin.organization, EXPERT, CUSTOMER, MACHINE, SUBJECT, LINE, REQUEST, 'Fake Default Audio Input'];

/** A page that is all German, and on a phone all there. */
async function expectGerman(page: Page, name: string): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('de');
  await keepPicture(page, `german-${name}`);
  expect.soft(await englishOn(page, data), name).toEqual([]);
  if ((page.viewportSize()?.width ?? 0) < 500) expect.soft(await cutOn(page), `${name}: cut`).toEqual([]);
}

/** A tab of the session's side menu, which is folded on a phone. */
async function openMenu(page: Page, tab: string): Promise<void> {
  const menu = page.getByRole('complementary', { name: 'Seitenmenü' });
  if (!(await menu.isVisible())) await page.getByRole('button', { name: /^Chat/ }).click();
  await menu.getByRole('tab', { name: tab }).click();
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();
const desks = (): readonly [path: string, title: string | RegExp][] => [
  ['/inbox', 'Eingang'],
  ['/tickets', 'Tickets'],
  [`/tickets/${ticketId}`, SUBJECT],
  ['/codes', 'Codes'],
  [`/codes/${scene.code.id}`, MACHINE],
  ['/members', 'Mitarbeiter'],
  ['/recordings', 'Aufzeichnungen'],
  ['/reports', 'Berichte'],
  ['/privacy', 'Datenschutz'],
  ['/settings', 'Einstellungen'],
  ['/account', 'Konto'],
  ['/nowhere', 'Diese Seite gibt es nicht'],
];

for (const width of [1440, 390]) {
  test(`C6 a German browser sees a German desk, ${width} px wide`, async () => {
    const { origin } = scene.product;
    const page = await scene.expert.tab();
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const [path, title] of desks()) {
      await page.goto(origin + path);
      await expect(heading(page, title)).toBeVisible();
      await expect(page.getByRole('status', { name: 'Wird geladen' })).toHaveCount(0);
      await expectGerman(
        page,
        `desk-${path
          .split('/')
          .slice(1)
          .map((part) => part.slice(0, 8))
          .join('-')}-${width}`,
      );
    }
    for (const [path, button] of [
      ['/tickets', 'Neues Ticket'],
      ['/codes', 'Neuer Code'],
      ['/members', 'Einladen'],
    ] as const) {
      await page.goto(origin + path);
      await page.getByRole('button', { name: button }).first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectGerman(page, `desk${path.replace('/', '-')}-dialog-${width}`);
    }
    const stranger = await scene.expert.browser.newContext({ locale: 'de-AT', viewport: page.viewportSize() });
    const door = await stranger.newPage();
    await door.goto(`${origin}/sign-in`);
    await expect(heading(door, 'Anmelden')).toBeVisible();
    await door.getByRole('button', { name: 'Anmelden' }).click();
    await expectGerman(door, `desk-sign-in-${width}`);
    await stranger.close();
  });
}

test('C6 a German phone sees a German code page', async () => {
  const { origin } = scene.product;
  const page = await scene.customer.tab();
  await page.goto(scene.code.link);
  await expect(heading(page, MACHINE)).toBeVisible();
  await expect(page.getByText(SUBJECT)).toBeVisible();
  await expectGerman(page, 'code-tickets');
  await page.getByRole('button', { name: CUSTOMER }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectGerman(page, 'code-person');
  await page.keyboard.press('Escape');
  for (const [hash, words] of [
    ['#new', 'Um Hilfe bitten'],
    ['#session', 'Um eine Videositzung bitten'],
    [`#ticket-${ticketId}`, SUBJECT],
  ] as const) {
    await page.goto(scene.code.link + hash);
    await expect(heading(page, words)).toBeVisible();
    if (words === SUBJECT) await expect(page.getByText(LINE)).toBeVisible();
    await expectGerman(page, `code-${hash.slice(1, 8)}`);
  }
  const stranger = await scene.customer.browser.newContext({ ...phoneScreen, locale: 'de' });
  const door = await stranger.newPage();
  await door.goto(`${origin}/c`);
  await door.getByRole('button', { name: 'Weiter' }).click();
  await expectGerman(door, 'code-typing');
  await door.goto(scene.code.link);
  await expect(door.getByLabel('Wie heißen Sie?')).toBeVisible();
  await expectGerman(door, 'code-naming');
  await stranger.close();
});

test('C6 a request in German, from the phone to the inbox and back', async () => {
  const { origin } = scene.product;
  const [desk, phone] = [await scene.expert.tab(), await scene.customer.tab()];
  await phone.goto(`${scene.code.link}#session`);
  await phone.getByLabel('Worum geht es?').fill(REQUEST);
  await phone.getByLabel('Zu einem bestimmten Termin').check();
  await expectGerman(phone, 'request-form');
  await phone.getByLabel('So bald wie möglich').check();
  await phone.getByRole('button', { name: 'Anfrage senden' }).click();
  await expect(phone.getByRole('article', { name: REQUEST })).toBeVisible();
  await expectGerman(phone, 'request-card');

  await desk.goto(`${origin}/inbox`);
  await desk.getByRole('list', { name: 'Was wartet' }).getByRole('link').filter({ hasText: REQUEST }).click();
  await expect(desk.getByRole('button', { name: 'Jetzt annehmen' })).toBeVisible();
  await expectGerman(desk, 'request-inbox');
  await desk.getByRole('button', { name: 'Termine vorschlagen' }).click();
  await expect(desk.getByRole('dialog')).toBeVisible();
  await expectGerman(desk, 'request-times');
  await desk.keyboard.press('Escape');
  await desk.getByRole('button', { name: 'Ablehnen' }).click();
  await expect(desk.getByRole('dialog')).toBeVisible();
  await expectGerman(desk, 'request-decline');
  await desk.getByRole('dialog').getByRole('button', { name: 'Ablehnen' }).click();
  await expect(phone.getByText(`${EXPERT} kann diese Anfrage nicht annehmen`)).toBeVisible();
  await expectGerman(phone, 'request-declined');
  await desk.setViewportSize({ width: 390, height: 844 });
  await desk.goto(`${origin}/inbox`);
  await expect(heading(desk, 'Eingang')).toBeVisible();
  await expectGerman(desk, 'request-inbox-390');
});

test('C6 a direct call in German, on both sides', async () => {
  const { origin } = scene.product;
  const { context } = scene.expert;
  const policies = await askAs(context, origin, readPolicies);
  const directCall = { enabled: true, ringSeconds: 120 };
  await askAs(context, origin, changePolicies, { body: { policies: { ...policies, directCall } } });
  await askAs(context, origin, updateCode, { params: { codeId: scene.code.id }, body: { directCall: true } });
  const [desk, phone] = [await scene.expert.tab(), await scene.customer.tab()];
  await desk.goto(`${origin}/settings`);
  await expect(desk.locator('.side .availability')).toContainText('Erreichbar');
  await expectGerman(desk, 'call-settings');
  await phone.goto(`${scene.code.link}#tickets`);
  await expect(phone.getByRole('button', { name: 'Jetzt anrufen' })).toBeVisible();
  await expectGerman(phone, 'call-now');
  await phone.getByRole('button', { name: 'Jetzt anrufen' }).click();
  await expect(phone.getByText('Es klingelt …')).toBeVisible();
  await expect(desk.getByRole('alertdialog')).toContainText(`${CUSTOMER} ruft an`);
  await expectGerman(phone, 'call-calling');
  await expectGerman(desk, 'call-ring');
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Ablehnen' }).click();
  await expect(phone.getByText('Niemand konnte annehmen. Wir haben daraus eine Anfrage gemacht.')).toBeVisible();
  await expectGerman(phone, 'call-missed');
});

test('C6 a session in German, before it, in it and after it; the consent is asked and noted in German', async () => {
  const { sessionId } = await scene.newSession(SUBJECT);
  const [desk, phone] = [
    await openSession(scene, 'expert', sessionId),
    await openSession(scene, 'customer', sessionId),
  ];
  const join = (page: Page) => page.getByRole('button', { name: 'Teilnehmen', exact: true });
  for (const page of [desk, phone]) {
    await expect(join(page)).toBeVisible();
    await expectGerman(page, `session-before-${page === desk ? 'desk' : 'phone'}`);
    await join(page).click();
    await page
      .getByRole('button', { name: 'Sitzung verlassen' })
      .or(page.getByRole('button', { name: 'Verlassen oder' }))
      .first()
      .waitFor();
  }
  await expect(phone.getByRole('button', { name: 'Bildschirmfoto machen' }).first()).toBeVisible();
  for (const page of [desk, phone]) {
    const name = page === desk ? 'desk' : 'phone';
    await expectGerman(page, `session-in-${name}`);
    for (const tab of ['Chat', 'Teilnehmer', 'Einstellungen']) {
      await openMenu(page, tab);
      await expectGerman(page, `session-${tab}-${name}`);
    }
  }
  await desk.getByRole('button', { name: 'Sitzung aufzeichnen' }).click();
  await expect(questionOn(phone)).toHaveAttribute('lang', 'de');
  await expect(questionOn(phone)).toContainText(`Darf ${EXPERT} diese Sitzung aufzeichnen?`);
  await expectGerman(phone, 'session-question-phone');
  await answer(phone, answerButtons('de').no);
  await expect(phone.getByText('Danke. Von Ihnen wird nichts aufgezeichnet.').first()).toBeVisible();
  await openMenu(desk, 'Chat');
  await expect(desk.getByRole('log').getByText(`${CUSTOMER} möchte nicht aufgezeichnet werden`)).toBeVisible();
  await expectGerman(desk, 'session-chat-desk');
  await desk.getByRole('button', { name: 'Verlassen oder für alle beenden' }).click();
  await desk.getByRole('menuitem', { name: 'Für alle beenden' }).click();
  for (const page of [desk, phone]) {
    await expect(page.getByText('Die Sitzung ist beendet', { exact: true })).toBeVisible();
    await expect(page.getByText('Es wurden keine Bildschirmfotos gemacht.')).toBeVisible();
    await expectGerman(page, `session-after-${page === desk ? 'desk' : 'phone'}`);
  }
});

test('C6 the language can be switched where one is, and stays', async () => {
  const { origin } = scene.product;
  const desk = await scene.expert.tab();
  await desk.goto(`${origin}/account`);
  await desk.evaluate(() => Object.assign(window, { sameLoad: true }));
  await desk.getByLabel('Sprache').selectOption('en');
  await expect(heading(desk, 'Account')).toBeVisible();
  // What finds English finds it here.
  expect((await englishOn(desk, data)).length).toBeGreaterThan(10);
  await expect(desk.getByLabel('Language')).toBeFocused();
  await expect(desk.getByRole('link', { name: 'Members' }).first()).toBeVisible();
  expect(await desk.evaluate(() => [document.documentElement.lang, 'sameLoad' in window])).toEqual(['en', true]);
  await desk.reload();
  await expect(heading(desk, 'Account')).toBeVisible();
  await desk.getByLabel('Language').selectOption('de');
  await expect(heading(desk, 'Konto')).toBeVisible();

  const stranger = await scene.customer.browser.newContext({ ...phoneScreen, locale: 'de' });
  const door = await stranger.newPage();
  await door.goto(scene.code.link);
  await door.getByLabel('Wie heißen Sie?').fill('Ma');
  await door.getByLabel('Sprache').selectOption('en');
  await expect(door.getByLabel('What is your name?')).toHaveValue('Ma');
  await door.reload();
  await expect(door.getByLabel('What is your name?')).toBeVisible();
  await stranger.close();
});

test('C6 switched in the middle of a call, nothing of the call is lost', async () => {
  const { sessionId } = await scene.newSession(SUBJECT);
  const [desk, phone] = [
    await openSession(scene, 'expert', sessionId),
    await openSession(scene, 'customer', sessionId),
  ];
  for (const page of [desk, phone]) await page.getByRole('button', { name: 'Teilnehmen', exact: true }).click();
  await expect(phone.getByRole('button', { name: 'Ins Bild zeichnen' })).toBeVisible();
  const played = () =>
    phone.evaluate(() => Math.max(...[...document.querySelectorAll('video')].map((one) => one.currentTime)));
  await openMenu(phone, 'Einstellungen');
  const before = await played();
  await phone.getByLabel('Sprache').selectOption('en');
  await expect(phone.getByRole('button', { name: 'Leave the session' })).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Draw on the picture' })).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Take a screenshot' }).first()).toBeVisible();
  expect(await played()).toBeGreaterThanOrEqual(before);
  await expect.poll(played).toBeGreaterThan(before + 1);
  const said = (await scene.log(sessionId)).map(({ kind }) => kind);
  expect(said.filter((kind) => kind === 'participant-left')).toEqual([]);
  expect(said.filter((kind) => kind === 'participant-joined')).toHaveLength(2);
});
