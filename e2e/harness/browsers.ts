import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { clipOf, journeyClip, type Side } from '../fixtures/clips.ts';
import { toneOf, voiceOf } from '../fixtures/voices.ts';
import { watchMedia } from './media-probe.ts';

/**
 * Chromium without a head has windows all the same, and in each of them pages of its own for the address bar: half a second of
 * a processor for every tab of a test.
 */
export const WITHOUT = 'OptimizationHints,MediaRouter,Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup';

const flags = [
  // In a machine without a network the browser has no other address to meet itself at.
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  `--disable-features=${WITHOUT}`,
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

export interface LaunchOptions {
  /** Reaches every server through here (harness/lost-network.ts). */
  readonly network?: { readonly port: number };
  /** Chromium's own test pattern, for tests that need several cameras; otherwise the side's moving clip and its voice. */
  readonly pattern?: boolean;
  /** A camera of 1280×720 at 30 a second; otherwise one of half of that, which leaves a small machine room for the test. */
  readonly sharp?: boolean;
  /** The customer's camera tells the story of one spot (fixtures/motion.ts). */
  readonly journey?: boolean;
  /** Each microphone hears a tone of its own (fixtures/voices.ts) instead of a voice. */
  readonly tones?: boolean;
  /** Denies camera and microphone instead of granting them. */
  readonly denied?: boolean;
  /** The browser's language, such as de-DE. */
  readonly locale?: string;
}

/** One person's browser, a process of its own with a camera and a microphone of its own. */
export interface Person {
  readonly side: Side;
  readonly browser: Browser;
  readonly context: BrowserContext;
  /** Opens one more tab. */
  tab(): Promise<Page>;
  /** The same person, as far as servers know, in a state of the browser of its own; it ends without the browser. */
  anew(): Promise<Person>;
  /** kill -9: the browser says nothing to anybody any more. Tells when, in ms of this computer's clock. */
  kill(): Promise<number>;
  close(): Promise<void>;
}

const screens: Readonly<Record<Side, BrowserContextOptions>> = {
  expert: { viewport: { width: 1440, height: 900 } },
  customer: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

/** Launches the expert's desk or the customer's phone. */
export async function launch(side: Side, options: LaunchOptions = {}): Promise<Person> {
  const media =
    options.pattern === true
      ? ['--use-fake-device-for-media-stream=device-count=3,fps=15']
      : [
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${await clipFor(side, options)}`,
          `--use-file-for-fake-audio-capture=${await (options.tones === true ? toneOf : voiceOf)(side)}`,
        ];
  const network =
    options.network === undefined ? [] : [`--host-resolver-rules=MAP localhost 127.0.0.1:${options.network.port}`];
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    args: [...flags, ...media, ...network],
    ignoreDefaultArgs: ['--mute-audio'],
  });
  const personIn = (context: BrowserContext, close: () => Promise<void>): Person => ({
    side,
    browser,
    context,
    tab: () => context.newPage(),
    anew: async () => {
      const next = await openContext(browser, side, options, await context.storageState());
      return personIn(next, () => next.close());
    },
    kill: () => killBrowser(browser),
    close,
  });
  return personIn(await openContext(browser, side, options), () => browser.close());
}

function clipFor(side: Side, { journey = false, sharp = false }: LaunchOptions): Promise<string> {
  return journey && side === 'customer' ? journeyClip() : clipOf(side, sharp ? 'sharp' : 'small');
}

async function killBrowser(browser: Browser): Promise<number> {
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const main = processInfo.find(({ type }) => type === 'browser');
  if (main === undefined) throw new Error('the browser does not say which process it is');
  const gone = new Promise((resolve) => browser.once('disconnected', resolve));
  const at = Date.now();
  process.kill(main.id, 'SIGKILL');
  await gone;
  return at;
}

/** One more state of the same browser: another person on the same kind of device. */
async function openContext(
  browser: Browser,
  side: Side,
  options: LaunchOptions = {},
  storageState: BrowserContextOptions['storageState'] = undefined,
): Promise<BrowserContext> {
  const permissions = options.denied === true ? [] : ['camera', 'microphone'];
  const locale = options.locale ?? 'en-GB';
  const context = await browser.newContext({
    ...screens[side],
    locale,
    permissions,
    ...(storageState === undefined ? {} : { storageState }),
  });
  await context.addInitScript(watchMedia);
  if (options.denied === true) await deny(browser, context);
  return context;
}

/** As if the person had said no: Playwright can grant permissions, but not refuse them. */
async function deny(browser: Browser, context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  const whole = await browser.newBrowserCDPSession();
  for (const name of ['camera', 'microphone']) {
    await whole.send('Browser.setPermission', {
      permission: { name },
      setting: 'denied',
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
  }
  await page.close();
}
