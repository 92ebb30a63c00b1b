import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { cpuMs } from '../lab/process.ts';
import { printTable, ratio, spread } from '../statistics.ts';
import { callToDrawIn, takeTool } from './call.ts';

const SPAN_MS = 8_000;
const SETTLE_MS = 3_000;
const LOOKS = 8;

/**
 * (f) of the bench: what the phone's browser takes in a call with nothing drawn, with one drawing followed, and after it was
 * cleared; all its processes. `--rounds=1`
 */
export async function benchTrackingCpu(words: readonly string[]): Promise<void> {
  const rounds = Number(words.find((word) => word.startsWith('--rounds='))?.slice(9) ?? 1);
  const { scene, desk, phone, at } = await callToDrawIn();
  try {
    const nothing: number[] = [];
    const followed: number[] = [];
    const cleared: number[] = [];
    let shown = 0;
    for (let round = 0; round < rounds; round += 1) {
      await wait(SETTLE_MS);
      nothing.push((await spent(scene.customer.browser, phone)).share);
      await takeTool(desk, 'e');
      await desk.mouse.move(...at(0.46, 0.4));
      await desk.mouse.down();
      await desk.mouse.move(...at(0.5, 0.5));
      await desk.mouse.move(...at(0.54, 0.55));
      await desk.mouse.up();
      await desk.keyboard.press('Escape');
      await wait(SETTLE_MS);
      const on = await spent(scene.customer.browser, phone);
      followed.push(on.share);
      shown += on.shown / rounds;
      await takeTool(desk, 'p');
      await desk.getByRole('button', { name: 'Clear drawings' }).first().click();
      await desk.getByRole('button', { name: 'Clear all' }).click();
      await desk.keyboard.press('Escape');
      await wait(SETTLE_MS);
      cleared.push((await spent(scene.customer.browser, phone)).share);
    }
    const row = (name: string, shares: readonly number[]) => [name, spread(shares, 1), ratio(shares, nothing)];
    console.log(`\ntracking-cpu, processor of the phone's browser in a call, % of one core over ${SPAN_MS / 1000} s`);
    printTable(
      ['drawn', '%', 'of nothing drawn'],
      [row('nothing', nothing), row('one drawing, followed', followed), row('cleared again', cleared)],
    );
    console.log(`the drawing was in the picture at ${(100 * shown).toFixed(0)} % of ${LOOKS} looks`);
    console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    await scene.end();
  }
}

/** What all processes of the browser take over a span, and how often the layer with the drawing was seen in it. */
async function spent(browser: Browser, phone: Page): Promise<{ share: number; shown: number }> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const ids = processInfo.map(({ id }) => id);
  const total = () => ids.reduce((sum, id) => sum + cpuMs(id), 0);
  const before = total();
  const begun = performance.now();
  let seen = 0;
  for (let look = 0; look < LOOKS; look += 1) {
    await wait(SPAN_MS / LOOKS);
    const shown = await phone.evaluate(() =>
      [...document.querySelectorAll('main canvas:not([data-tool])')].some(
        (one) => one instanceof HTMLCanvasElement && one.style.visibility === 'visible',
      ),
    );
    if (shown) seen += 1;
  }
  return { share: (100 * (total() - before)) / (performance.now() - begun), shown: seen / LOOKS };
}
