import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { cpuMs } from '../lab/process.ts';
import { median, printTable, ratio, spread } from '../statistics.ts';
import { type Call, callToDrawIn, takeTool } from './call.ts';

const SPAN_MS = 8_000;
const SETTLE_MS = 3_000;
const LOOKS = 8;

/**
 * (f) of the bench: what the phone's browser takes in a call with nothing drawn, with one drawing followed, and after it was
 * cleared; all its processes. `--rounds=1`
 */
export async function benchTrackingCpu(words: readonly string[]): Promise<void> {
  const rounds = Number(words.find((word) => word.startsWith('--rounds='))?.slice(9) ?? 1);
  const call = await callToDrawIn();
  const { scene, desk, phone } = call;
  try {
    const nothing: Span[] = [];
    const followed: Span[] = [];
    const cleared: Span[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await wait(SETTLE_MS);
      nothing.push(await watched(scene.customer.browser, phone));
      await draw(call);
      await wait(SETTLE_MS);
      followed.push(await watched(scene.customer.browser, phone));
      await clear(desk);
      await wait(SETTLE_MS);
      cleared.push(await watched(scene.customer.browser, phone));
    }
    report(nothing, followed, cleared);
  } finally {
    await scene.end();
  }
}

async function draw({ desk, at }: Call): Promise<void> {
  await takeTool(desk, 'e');
  await desk.mouse.move(...at(0.46, 0.4));
  await desk.mouse.down();
  await desk.mouse.move(...at(0.5, 0.5));
  await desk.mouse.move(...at(0.54, 0.55));
  await desk.mouse.up();
  await desk.keyboard.press('Escape');
}

async function clear(desk: Page): Promise<void> {
  await takeTool(desk, 'p');
  await desk.getByRole('button', { name: 'Clear drawings' }).first().click();
  await desk.getByRole('button', { name: 'Clear all' }).click();
  await desk.keyboard.press('Escape');
}

function report(nothing: readonly Span[], followed: readonly Span[], cleared: readonly Span[]): void {
  const of = (spans: readonly Span[], one: keyof Span) => spans.map((span) => span[one]);
  const row = (name: string, spans: readonly Span[]) => [
    name,
    spread(of(spans, 'share'), 1),
    ratio(of(spans, 'share'), of(nothing, 'share')),
    spread(of(spans, 'sent')),
    spread(of(spans, 'received')),
    `${(100 * median(of(spans, 'shown'))).toFixed(0)} %`,
  ];
  console.log(`\ntracking-cpu, processor of the phone's browser in a call over ${SPAN_MS / 1000} s, median [min..max]`);
  printTable(
    ['drawn', '% of one core', 'of nothing drawn', 'frames/s sent', 'received', 'drawing seen'],
    [row('nothing', nothing), row('one drawing, followed', followed), row('cleared again', cleared)],
  );
  console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
}

interface Span {
  /** Of one core, %. */
  readonly share: number;
  /** Frames per second that the phone sent, and that it received. */
  readonly sent: number;
  readonly received: number;
  /** In how many of the looks the layer with the drawing was there. */
  readonly shown: number;
}

/** What all processes of the browser take over a span, and what the call and the drawing were like meanwhile. */
async function watched(browser: Browser, phone: Page): Promise<Span> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const cpu = () => processInfo.reduce((sum, { id }) => sum + cpuMs(id), 0);
  const framesBefore = await frames(phone);
  const before = cpu();
  const begun = performance.now();
  let shown = 0;
  for (let look = 0; look < LOOKS; look += 1) {
    await wait(SPAN_MS / LOOKS);
    if (await phone.evaluate(isDrawn)) shown += 1;
  }
  const took = performance.now() - begun;
  const share = (100 * (cpu() - before)) / took;
  const now = await frames(phone);
  const perSecond = (one: 'sent' | 'received') => ((now[one] - framesBefore[one]) / took) * 1000;
  return { share, sent: perSecond('sent'), received: perSecond('received'), shown: shown / LOOKS };
}

/** Runs in the page: whether picture and drawing are painted into the layer over the video. */
const isDrawn = () =>
  [...document.querySelectorAll('main canvas:not([data-tool])')].some(
    (one) => one instanceof HTMLCanvasElement && one.style.visibility === 'visible',
  );

const frames = (page: Page) =>
  page.evaluate(async () => {
    let [sent, received] = [0, 0];
    for (const connection of window.probe.connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'outbound-rtp') sent += report.framesSent ?? 0;
        if (report.type === 'inbound-rtp') received += report.framesDecoded ?? 0;
      }
    }
    return { sent, received };
  });
