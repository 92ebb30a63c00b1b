import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { type Network, openNetwork } from '../lab/network.ts';
import { startUntil, stop } from '../lab/process.ts';
import { startProduct } from '../lab/product.ts';
import { median, printTable, ratio, spread } from '../statistics.ts';
import { ask, gather, launchFlags, measuredPage } from './people.ts';
import { probe } from './probe.ts';

/** When each side first saw the other, in ms after the newcomer began to open the link, and how wide that picture was. */
interface Join {
  readonly newcomerSees: number;
  readonly waitingSees: number;
  readonly width: number;
}

const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ports = { http: 8180, https: 8543, yardstick: 8544 };

/**
 * (a) of the bench: from opening the link, permissions granted, to the first remote picture on both sides; the product
 * beside the naive bare page, taking turns, cold cache for the newcomer each time.
 */
export async function benchJoin(words: readonly string[]): Promise<void> {
  const runs = Number(words.find((word) => word.startsWith('--runs='))?.slice(7) ?? 10);
  for (const rttMs of [50, 0]) {
    const network = await openNetwork(rttMs);
    try {
      await benchAt(network, rttMs, runs);
    } finally {
      await network.close();
    }
  }
}

async function benchAt(network: Network, rttMs: number, runs: number): Promise<void> {
  const product = await startProduct(ports, (...command) => network.on('s', ...command));
  const yardstickServer = new URL('../yardstick/server.ts', import.meta.url).pathname;
  const { key, cert } = product.certificate;
  const yardstick = await startUntil(
    network.on('s', process.execPath, yardstickServer, String(ports.yardstick), key, cert),
    {},
    /ready/,
  );
  const launch = async (host: 'a' | 'b') =>
    chromium.launch({ executablePath: await network.browserOn(host, executable), args: launchFlags });
  const browsers = { a: await launch('a'), b: await launch('b') };
  try {
    const address = network.address.s;
    const people = await gather(browsers, `https://${address}:${ports.https}`);
    const ours: Join[] = [];
    const naive: Join[] = [];
    for (let run = -1; run < runs; run += 1) {
      const joins = [
        await joinNaive(browsers, `https://${address}:${ports.yardstick}`, run),
        await joinOurs(browsers, `https://${address}:${ports.https}`, people),
      ] as const;
      // The first of both warms the machine up and does not count.
      if (run < 0) continue;
      naive.push(joins[0]);
      ours.push(joins[1]);
    }
    report(rttMs, naive, ours);
  } finally {
    await browsers.a.close();
    await browsers.b.close();
    await stop(yardstick.process);
    await product.close();
  }
}

async function joinNaive(browsers: { a: Browser; b: Browser }, base: string, run: number): Promise<Join> {
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

async function joinOurs(
  browsers: { b: Browser },
  base: string,
  people: Awaited<ReturnType<typeof gather>>,
): Promise<Join> {
  const { id } = await ask(people.desk, 'POST', `/api/tickets/${people.ticketId}/sessions`, {});
  const waiting = await measuredPage(people.expert);
  const parked = waiting.waitForResponse((response) => response.url().endsWith('/parked-offer'));
  await waiting.goto(`${base}/s/${id}`);
  await parked;
  await wait(500);
  const context = await browsers.b.newContext({
    ignoreHTTPSErrors: true,
    storageState: people.customerState,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const newcomer = await measuredPage(context);
  await newcomer.goto(`${base}/s/${id}?as=code`);
  const join = await measured(waiting, newcomer, [context]);
  await ask(people.desk, 'POST', `/api/sessions/${id}/end`, {});
  await waiting.close();
  return join;
}

async function measured(waiting: Page, newcomer: Page, toClose: readonly BrowserContext[]): Promise<Join> {
  const firstFrame = async (page: Page) => {
    const handle = await page.waitForFunction(() => Reflect.get(window, 'firstRemoteFrame'), null, { polling: 50 });
    return (await handle.jsonValue()) as { at: number; width: number };
  };
  const [waitingSaw, newcomerSaw] = await Promise.all([firstFrame(waiting), firstFrame(newcomer)]);
  const opened = await newcomer.evaluate(() => performance.timeOrigin);
  for (const context of toClose) await context.close();
  return {
    newcomerSees: newcomerSaw.at - opened,
    waitingSees: waitingSaw.at - opened,
    width: Math.min(waitingSaw.width, newcomerSaw.width),
  };
}

function report(rttMs: number, naive: readonly Join[], ours: readonly Join[]): void {
  const both = (joins: readonly Join[]) => joins.map((join) => Math.max(join.newcomerSees, join.waitingSees));
  console.log(
    `\njoin, RTT ${rttMs} ms, ${ours.length} runs each, taking turns; ms until the first remote picture, median [min..max]`,
  );
  const row = (name: string, joins: readonly Join[]) => [
    name,
    spread(joins.map((join) => join.newcomerSees)),
    spread(joins.map((join) => join.waitingSees)),
    spread(both(joins)),
    ratio(both(joins), both(naive)),
    String(median(joins.map((join) => join.width))),
  ];
  printTable(
    ['page', 'newcomer sees', 'waiting side sees', 'both', 'of naive', 'first width'],
    [row('naive bare page', naive), row('Sightglass', ours)],
  );
}
