import { type Browser, chromium, type Page } from '@playwright/test';
import { ask, gather, launchFlags, measuredPage } from '../join/people.ts';
import { probe } from '../join/probe.ts';
import { startUntil, stop } from '../lab/process.ts';
import { startProduct } from '../lab/product.ts';
import { printTable } from '../statistics.ts';

interface Weight {
  readonly requests: number;
  /** Bytes over the wire until the first remote picture, heads included. */
  readonly bytes: number;
  /** Of it scripts and style sheets that came before the preview could be used. */
  readonly codeBytes: number;
  readonly heapBytes: number;
  /** In the order they were made. */
  readonly asked: readonly string[];
}

const ports = { http: 8180, https: 8543, yardstick: 8544 };

/** (b) of the bench: what a cold customer page costs until the first picture, beside the naive bare page. */
export async function benchPage(): Promise<void> {
  const product = await startProduct(ports);
  const { key, cert } = product.certificate;
  const server = new URL('../yardstick/server.ts', import.meta.url).pathname;
  const yardstick = await startUntil([process.execPath, server, String(ports.yardstick), key, cert], {}, /ready/);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: launchFlags,
  });
  try {
    const naive = await weighNaive(browser, `https://127.0.0.1:${ports.yardstick}`);
    const ours = await weighOurs(browser, `https://127.0.0.1:${ports.https}`);
    console.log('\ncustomer page, cold, until the first remote picture');
    const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
    const row = (name: string, weight: Weight) => [
      name,
      String(weight.requests),
      kb(weight.bytes),
      kb(weight.codeBytes),
      `${(weight.heapBytes / 1e6).toFixed(2)} MB`,
    ];
    printTable(
      ['page', 'requests', 'bytes', 'script and style', 'heap after GC'],
      [row('naive bare page', naive), row('Sightglass', ours), ['aim', '8', '100 kB', '60 kB', '5 MB']],
    );
    console.log(ours.asked.map((one) => `  ${one}`).join('\n'));
  } finally {
    await browser.close();
    await stop(yardstick.process);
    await product.close();
  }
}

/** Counts what the page loads from now on; finished by `weight()` once the first picture is there. */
async function scale(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const kinds = new Map<string, string>();
  const asked: string[] = [];
  let bytes = 0;
  let codeBytes = 0;
  devtools.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    kinds.set(requestId, type ?? 'Other');
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
  });
  devtools.on('Network.webSocketCreated', ({ requestId }) => kinds.set(requestId, 'WebSocket'));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    if (/Script|Stylesheet/.test(kinds.get(requestId) ?? '')) codeBytes += encodedDataLength;
  });
  return async (): Promise<Weight> => {
    await page.waitForFunction(() => Reflect.get(window, 'firstRemoteFrame'));
    const seen = { requests: kinds.size, bytes, codeBytes, asked: [...asked] };
    await devtools.send('HeapProfiler.enable');
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { ...seen, heapBytes: usedSize };
  };
}

async function weighNaive(browser: Browser, base: string): Promise<Weight> {
  const host = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await host.goto(`${base}/?role=host&room=w`);
  await host.waitForFunction(() => document.title === 'ready');
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const guest = await context.newPage();
  await guest.addInitScript(probe);
  const weight = await scale(guest);
  await guest.goto(`${base}/?role=guest&room=w`);
  const result = await weight();
  await context.close();
  await host.context().close();
  return result;
}

async function weighOurs(browser: Browser, base: string): Promise<Weight> {
  const people = await gather({ a: browser, b: browser }, base);
  const { id } = await ask(people.desk, 'POST', `/api/tickets/${people.ticketId}/sessions`, {});
  const waiting = await measuredPage(people.expert);
  const parked = waiting.waitForResponse((response) => response.url().endsWith('/parked-offer'));
  await waiting.goto(`${base}/s/${id}`);
  await parked;
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    storageState: people.customerState,
    viewport: { width: 390, height: 844 },
  });
  const newcomer = await measuredPage(context);
  const weight = await scale(newcomer);
  await newcomer.goto(`${base}/s/${id}?as=code`);
  return weight();
}
