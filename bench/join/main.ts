import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { median, printTable, ratio, spread } from '../statistics.ts';
import { inJoinLab, type JoinLab } from './lab.ts';
import { type Join, joinNaive, measured } from './naive.ts';
import { ask, type gather, measuredPage } from './people.ts';

/**
 * (a) of the bench: from opening the link, permissions granted, to the first remote picture on both sides; the product
 * beside the naive bare page, taking turns, cold cache for the newcomer each time.
 */
export async function benchJoin(words: readonly string[]): Promise<void> {
  const runs = Number(words.find((word) => word.startsWith('--runs='))?.slice(7) ?? 10);
  for (const rttMs of [50, 0]) await inJoinLab(rttMs, (lab) => benchIn(lab, rttMs, runs));
}

async function benchIn({ browsers, base, yardstick, people }: JoinLab, rttMs: number, runs: number): Promise<void> {
  const ours: Join[] = [];
  const naive: Join[] = [];
  for (let run = -1; run < runs; run += 1) {
    const joins = [await joinNaive(browsers, yardstick, run), await joinOurs(browsers, base, people)] as const;
    // The first of both warms the machine up and does not count.
    if (run < 0) continue;
    naive.push(joins[0]);
    ours.push(joins[1]);
  }
  report(rttMs, naive, ours);
}

async function joinOurs(
  browsers: { readonly b: Browser },
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
