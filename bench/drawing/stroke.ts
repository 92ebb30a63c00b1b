import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { median, printTable, ratio, spread } from '../statistics.ts';
import { type Call, callToDrawIn, takeTool } from './call.ts';
import { bareChannel } from './floor.ts';
import { watchStrokes } from './probe.ts';

const FRAME_MS = 1000 / 60;
const POINTS = 26;
/** What has not been painted by then was lost. */
const PATIENCE_MS = 600;

/** Two pages between which the way of a moved pointer is measured. */
interface Way {
  readonly from: Page;
  readonly to: Page;
  readonly times: number[];
  lost: number;
  /** Paints of more than before without a new point: the measure itself would be wrong. */
  stray: number;
}

/**
 * (e) of the bench: from the pointer event at the desk to the paint at the phone while the expert draws, beside a bare data
 * channel between the same browsers at the same time, taking turns. `--strokes=3`
 */
export async function benchStroke(words: readonly string[]): Promise<void> {
  const strokes = Number(words.find((word) => word.startsWith('--strokes='))?.slice(10) ?? 3);
  const call = await callToDrawIn(async ({ expert, customer }) => {
    for (const { context } of [expert, customer]) await context.addInitScript(watchStrokes);
  });
  try {
    const pair = await bareChannel(call.scene);
    const bare: Way = { from: pair.desk, to: pair.phone, times: [], lost: 0, stray: 0 };
    const ours: Way = { from: call.desk, to: call.phone, times: [], lost: 0, stray: 0 };
    await takeTool(call.desk, 'p');
    for (let nth = 0; nth < strokes; nth += 1) await drawn(call, nth, ours, bare);
    report(ours, bare);
  } finally {
    await call.scene.end();
  }
}

/** One stroke from top to bottom, point by point; between its points the bare pair has its turns. */
async function drawn({ desk, phone, at }: Call, nth: number, ours: Way, bare: Way): Promise<void> {
  const x = 0.46 + 0.04 * (nth % 3);
  await desk.mouse.move(...at(x, 0.25));
  await phone.evaluate(() => {
    window.strokeProbe.bends = 0;
  });
  await desk.mouse.down();
  for (let point = 1; point <= POINTS; point += 1) {
    const y = 0.25 + (0.5 * point) / POINTS;
    // The first points of the first stroke warm both up and do not count.
    const counts = nth > 0 || point > 5;
    await moved(ours, at(x, y), counts);
    await moved(bare, [100 + point, 100 + (point % 3)], counts);
  }
  await desk.mouse.up();
  await wait(400);
  await desk.keyboard.press('Control+z');
  await wait(800);
}

async function moved(way: Way, place: [number, number], counts: boolean): Promise<void> {
  const { from, to } = way;
  const painted = () => to.evaluate(() => window.strokeProbe.paintedAt);
  const earlier = await painted();
  // Not in step with the display, nor with the camera.
  await wait(20 + Math.random() * 35);
  const before = await painted();
  if (before !== earlier) way.stray += 1;
  await from.mouse.move(...place);
  const paintedAt = await to.evaluate(
    async ({ before, patience }) => {
      const probe = window.strokeProbe;
      for (const end = performance.now() + patience; probe.paintedAt === before && performance.now() < end; )
        await new Promise((resolve) => setTimeout(resolve, 8));
      return probe.paintedAt === before ? null : probe.paintedAt;
    },
    { before, patience: PATIENCE_MS },
  );
  const movedAt = await from.evaluate(() => window.strokeProbe.movedAt);
  if (!counts) return;
  if (paintedAt === null) way.lost += 1;
  else way.times.push(paintedAt - movedAt);
}

function report(ours: Way, bare: Way): void {
  const over = median(ours.times) - median(bare.times);
  const row = (name: string, { times, lost }: Way, frames: string) => [
    name,
    String(times.length),
    spread(times, 1),
    String(lost),
    ratio(times, bare.times),
    frames,
  ];
  console.log(`\nstroke, ms from the pointer event at the desk to the paint at the phone, median [min..max]`);
  printTable(
    ['way', 'points', 'ms', 'lost', 'of the floor', 'display frames above it'],
    [
      row('bare lossy data channel', bare, '0.00'),
      row('Sightglass, pen', ours, (over / FRAME_MS).toFixed(2)),
      ['aim', '', '', '', '', '1.00'],
    ],
  );
  if (ours.stray + bare.stray > 0)
    console.log(`not to be trusted: ${ours.stray + bare.stray} paints came without a new point`);
  console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
}
