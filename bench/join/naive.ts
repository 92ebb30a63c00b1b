import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { probe } from './probe.ts';

/** When each side first saw the other, in ms after the newcomer began to open the link, and how wide that picture was. */
export interface Join {
  readonly newcomerSees: number;
  readonly waitingSees: number;
  readonly width: number;
}

/** Two meet in the bare page. */
export async function joinNaive(
  browsers: { readonly a: Browser; readonly b: Browser },
  base: string,
  run: number,
): Promise<Join> {
  const hostContext = await browsers.a.newContext({ ignoreHTTPSErrors: true });
  const host = await hostContext.newPage();
  await host.addInitScript(probe);
  await host.goto(`${base}/?role=host&room=${run}`);
  await host.waitForFunction(() => document.title === 'ready');
  await wait(500);
  const guestContext = await browsers.b.newContext({ ignoreHTTPSErrors: true });
  const guest = await guestContext.newPage();
  await guest.addInitScript(probe);
  await guest.goto(`${base}/?role=guest&room=${run}`);
  return measured(host, guest, [hostContext, guestContext]);
}

/** When the first picture of the other side was shown on a page with the probe, in ms since 1970, and how wide it was. */
export async function firstFrame(page: Page): Promise<{ readonly at: number; readonly width: number }> {
  const handle = await page.waitForFunction(() => Reflect.get(window, 'firstRemoteFrame'), null, { polling: 50 });
  return (await handle.jsonValue()) as { at: number; width: number };
}

/** What the two pages saw, counted from the opening of the newcomer's. */
export async function measured(waiting: Page, newcomer: Page, toClose: readonly BrowserContext[]): Promise<Join> {
  const [waitingSaw, newcomerSaw] = await Promise.all([firstFrame(waiting), firstFrame(newcomer)]);
  const opened = await newcomer.evaluate(() => performance.timeOrigin);
  for (const context of toClose) await context.close();
  return {
    newcomerSees: newcomerSaw.at - opened,
    waitingSees: waitingSaw.at - opened,
    width: Math.min(waitingSaw.width, newcomerSaw.width),
  };
}
