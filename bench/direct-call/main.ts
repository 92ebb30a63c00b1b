import { setTimeout as wait } from 'node:timers/promises';
import { defaultPolicies } from '#contract/access/policies.ts';
import { inJoinLab, type JoinLab } from '../join/lab.ts';
import { firstFrame, type Join, joinNaive } from '../join/naive.ts';
import { ask } from '../join/people.ts';
import { probe } from '../join/probe.ts';
import { median, printTable, ratio, spread } from '../statistics.ts';
import { noteRing, press, socketRoundTrips } from './probe.ts';

/** Of one call, in ms: from "Call" to the ring at the desk, and from "Answer" to the first picture of the other side. */
interface Call {
  readonly ring: number;
  readonly expertSees: number;
  readonly customerSees: number;
}

/** A12: a customer calls, an expert answers; beside a round trip of the socket and the naive page's join of the same run. */
export async function benchDirectCall(words: readonly string[]): Promise<void> {
  const runs = Number(words.find((word) => word.startsWith('--runs='))?.slice(7) ?? 10);
  for (const rttMs of [50, 0]) await inJoinLab(rttMs, (lab) => benchIn(lab, rttMs, runs));
}

async function benchIn(lab: JoinLab, rttMs: number, runs: number): Promise<void> {
  await allow(lab);
  const calls: Call[] = [];
  const naive: Join[] = [];
  const trips: number[] = [];
  for (let run = -1; run < runs; run += 1) {
    const join = await joinNaive(lab.browsers, lab.yardstick, run);
    const [call, taken] = await callOnce(lab);
    // The first of both warms the machine up and does not count.
    if (run < 0) continue;
    naive.push(join);
    calls.push(call);
    trips.push(...taken);
  }
  report(rttMs, calls, naive, trips);
}

/** Direct calls for the organization and for all codes of the demo. */
async function allow({ people: { desk } }: JoinLab): Promise<void> {
  const directCall = { enabled: true, ringSeconds: 300 };
  await ask(desk, 'PUT', '/api/policies', { policies: { ...defaultPolicies, directCall } });
  await ask(desk, 'PATCH', `/api/codes/${await codeOf(desk)}`, { directCall: true });
}

type Desk = JoinLab['people']['desk'];

/** The one that the customer has entered (bench/join/people.ts). */
async function codeOf(desk: Desk): Promise<string> {
  const { codes } = (await ask(desk, 'GET', '/api/codes')) as { codes: { id: string }[] };
  return codes[0]?.id ?? '';
}

async function callOnce({ browsers, base, people }: JoinLab): Promise<[Call, number[]]> {
  const desk = await people.expert.newPage();
  await desk.addInitScript(probe);
  await desk.addInitScript(noteRing);
  await desk.goto(`${base}/tickets`);
  await desk.locator('.side .availability[data-now="available"]').waitFor();
  const taken = await desk.evaluate(socketRoundTrips, 20);

  const context = await browsers.b.newContext({
    ignoreHTTPSErrors: true,
    storageState: people.customerState,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const phone = await context.newPage();
  await phone.addInitScript(probe);
  const { codes } = (await ask(people.desk, 'GET', '/api/codes')) as { codes: { link: string }[] };
  await phone.goto(`${base}/c/${codes[0]?.link.split('/').at(-1) ?? ''}`);
  await phone.getByRole('button', { name: 'Call now' }).waitFor();
  const calledAt = await phone.evaluate(press, 'Call now');
  const shown = await desk.waitForFunction(() => Reflect.get(window, 'ringShownAt'), null, { polling: 20 });
  const ringAt = Number(await shown.jsonValue());

  // Nobody answers before the caller's camera is open.
  await phone.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
  await wait(500);
  const answeredAt = await desk.evaluate(press, 'Answer');
  await desk.waitForURL(/\/s\//);
  const [expertSaw, customerSaw] = await Promise.all([firstFrame(desk), firstFrame(phone)]);
  const sessionId = new URL(desk.url()).pathname.split('/')[2] ?? '';
  await ask(people.desk, 'POST', `/api/sessions/${sessionId}/end`, {});
  await context.close();
  await desk.close();
  const call = {
    ring: ringAt - calledAt,
    expertSees: expertSaw.at - answeredAt,
    customerSees: customerSaw.at - answeredAt,
  };
  return [call, taken];
}

function report(rttMs: number, calls: readonly Call[], naive: readonly Join[], trips: readonly number[]): void {
  const floor = naive.map(({ newcomerSees, waitingSees }) => Math.max(newcomerSees, waitingSees));
  const both = calls.map(({ expertSees, customerSees }) => Math.max(expertSees, customerSees));
  const rings = calls.map(({ ring }) => ring);
  console.log(
    `\ndirect call, RTT ${rttMs} ms, ${calls.length} runs, taking turns with the naive page; ms, median [min..max]`,
  );
  printTable(
    ['what', 'ms', 'of its floor'],
    [
      ['floor: a round trip of the socket', spread(trips, 1), '1.00 x'],
      ['"Call now" to the ring at the desk', spread(rings), ratio(rings, trips)],
      ['floor: naive bare page, both see', spread(floor), '1.00 x'],
      ['"Answer" to the first picture, expert', spread(calls.map(({ expertSees }) => expertSees)), ''],
      ['"Answer" to the first picture, customer', spread(calls.map(({ customerSees }) => customerSees)), ''],
      ['"Answer" to the first picture, both', spread(both), `${(median(both) / median(floor)).toFixed(2)} x`],
    ],
  );
}
