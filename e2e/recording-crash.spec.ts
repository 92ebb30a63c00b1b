import { expect, type Page, test } from '@playwright/test';
import { signIn } from '#contract/access/http.ts';
import type { SessionId } from '#contract/ids.ts';
import { linkRecording, listSessionRecordings } from '#contract/recording/http.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import { askAs } from './harness/api.ts';
import { type LaunchOptions, launch, type Person } from './harness/browsers.ts';
import { askDatabase, filesAmiss } from './harness/kept-files.ts';
import { type LostNetwork, openLostNetwork } from './harness/lost-network.ts';
import { expectPlayable } from './harness/playable-file.ts';
import { recorderBegan, watchRecorder } from './harness/recorder-probe.ts';
import { answer, colleague, expectRecording, letRecord, markOf, recordButton } from './harness/recording.ts';
import { admin, CUSTOMER, joinButton, type Scene, setScene } from './harness/scene.ts';

/* What a recording is worth when something dies: how much is missing at its end, and what is left lying about. */

/** How often browser and server are killed: each time at another moment. CONTRIBUTING.md has how to run more. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 1);
/** The most that may be missing at the end, s. */
const MOST_MISSING = 1.5;
/** A recording without anybody to carry it on waits a while, here a fifth of its usual minute. */
const CARRY_ON_SECONDS = '12';
const FINISHED = { timeout: 120_000, intervals: [200] };

let scene: Scene;
test.beforeAll(async () => {
  scene = await setScene({ environment: { RECORDING_CARRY_ON_SECONDS: CARRY_ON_SECONDS } });
});
test.afterAll(async () => {
  expect(scene.product.said).not.toContain('"level":50');
  await scene.end();
});
test.afterEach(async () => {
  for (const { context } of [scene.expert, scene.customer]) {
    for (const page of context.pages()) await page.close();
  }
});

/** The employee who records, in a browser of their own that can be lost. */
async function recorder(options: LaunchOptions = {}): Promise<Person> {
  const person = await launch('expert', options);
  await person.context.addInitScript(watchRecorder);
  const { email, password } = admin;
  await askAs(person.context, scene.product.origin, signIn, { body: { email, password } });
  return person;
}

async function comeIn(person: Person, sessionId: SessionId): Promise<Page> {
  const page = await person.tab();
  await page.goto(`${scene.product.origin}/s/${sessionId}${person.side === 'customer' ? '?as=code' : ''}`);
  await joinButton(page).click();
  await page.getByRole('button', { name: 'Leave the session' }).waitFor();
  return page;
}

interface Running {
  readonly sessionId: SessionId;
  readonly desk: Page;
  readonly phone: Page;
  /** When the first picture was recorded, ms of this computer's clock. */
  readonly began: number;
}

/** Both in, everybody's yes, and the first picture recorded. */
async function record(person: Person, subject: string): Promise<Running> {
  const { sessionId } = await scene.newSession(subject);
  const desk = await comeIn(person, sessionId);
  const phone = await comeIn(scene.customer, sessionId);
  await recordButton(desk).click();
  await answer(phone, 'Yes, record');
  await expectRecording(desk);
  return { sessionId, desk, phone, began: await recorderBegan(desk) };
}

/** A moment between so many seconds from now, and no earlier. */
async function someTime(least: number, most: number): Promise<void> {
  const at = performance.now() + 1000 * (least + Math.random() * (most - least));
  await expect.poll(() => performance.now(), { intervals: [10] }).toBeGreaterThan(at);
}

async function logged(sessionId: SessionId, kind: SessionEventBody['kind'], times = 1): Promise<void> {
  const many = async () => (await scene.log(sessionId)).filter((body) => body.kind === kind).length;
  await expect.poll(many, FINISHED).toBeGreaterThanOrEqual(times);
}

/** The session's recording once its file is made, and the length of the file's picture and sound, s. */
async function made(sessionId: SessionId) {
  await logged(sessionId, 'recording-ready');
  const { origin } = scene.product;
  const { context } = scene.expert;
  const { recordings } = await askAs(context, origin, listSessionRecordings, { params: { sessionId } });
  const [recording] = recordings;
  if (recording === undefined || recordings.length !== 1) throw new Error('there is not one recording');
  const { download } = await askAs(context, origin, linkRecording, { params: { recordingId: recording.id } });
  const file = await context.request.get(new URL(download, origin).href);
  const { seconds, soundSeconds } = await expectPlayable(await file.body());
  expect(Math.abs((recording.durationMs ?? 0) / 1000 - seconds)).toBeLessThan(0.1);
  return { recording, seconds, soundSeconds };
}

/** Says for each round how much is missing; the report of the run has it. */
function tell(rounds: readonly { readonly recorded: number; readonly missing: number }[]): void {
  const sorted = rounds.map(({ missing }) => missing).toSorted((a, b) => a - b);
  const each = rounds.map(({ recorded, missing }) => `${missing.toFixed(2)} of ${recorded.toFixed(1)}`).join(', ');
  const median = sorted[Math.floor(sorted.length / 2)]?.toFixed(2);
  const description = `missing seconds: ${each}; median ${median}, worst ${sorted.at(-1)?.toFixed(2)}`;
  test.info().annotations.push({ type: 'measured', description });
  process.stdout.write(`${description}\n`);
}

/** A recording that somebody stopped: its click was made between two moments, ms. */
interface Whole {
  readonly began: number;
  readonly before: number;
  readonly after: number;
  readonly seconds: number;
}

async function stop(page: Page): Promise<Pick<Whole, 'before' | 'after'>> {
  const button = page.getByRole('button', { name: 'Stop the recording' });
  await expect(button).toBeVisible();
  const before = Date.now();
  await button.click();
  return { before, after: Date.now() };
}

/** Nothing is missing, and nothing too much. A page that is busy hears late that its recorder has begun. */
function expectWhole(rounds: readonly Whole[], late = 0.5): void {
  const all = rounds.map(({ began, before, after, seconds }) => ({
    recorded: (before - began) / 1000,
    missing: (before - began) / 1000 - seconds,
    tooMuch: seconds - (after - began) / 1000,
  }));
  tell(all);
  for (const { missing, tooMuch } of all) {
    expect(missing).toBeLessThan(0.5);
    expect(tooMuch).toBeLessThan(late);
  }
}

/** A file is there a moment before what it was made from is gone. */
const nothingAmiss = () =>
  expect.poll(() => filesAmiss(scene.product), { timeout: 30_000, intervals: [100, 250, 500] }).toEqual([]);

const portOf = (origin: string) => Number(new URL(origin).port);

test(`A5 the recorder’s browser is killed ${ROUNDS} times, and once its network is gone: each recording is finished by itself, with at most ${MOST_MISSING} s missing`, async () => {
  test.setTimeout((ROUNDS + 1) * 60_000 + 180_000);
  const lost: { sessionId: SessionId; recorded: number }[] = [];
  const networks: LostNetwork[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const isCut = round === ROUNDS;
    const network = isCut ? await openLostNetwork(portOf(scene.product.origin)) : null;
    const person = await recorder(network === null ? {} : { network });
    const { sessionId, phone, began } = await record(person, `Round ${round}`);
    await someTime(1, 3);
    const at = network === null ? await person.kill() : network.cut();
    lost.push({ sessionId, recorded: (at - began) / 1000 });
    await phone.close();
    if (network === null) continue;
    networks.push(network);
    // It goes on without its network until the server has given it up; from then on nothing of it can matter.
    await logged(sessionId, 'recording-interrupted');
    await person.close();
  }
  const rounds: { recorded: number; missing: number }[] = [];
  for (const { sessionId, recorded } of lost) {
    const { recording, seconds, soundSeconds } = await made(sessionId);
    expect(recording.endedEarly).toBe(true);
    rounds.push({ recorded, missing: recorded - Math.min(seconds, soundSeconds) });
  }
  tell(rounds);
  for (const network of networks) await network.end();
  await nothingAmiss();
  for (const { missing } of rounds) {
    expect(missing).toBeLessThan(MOST_MISSING);
    // A busy page hears late that its recorder has begun.
    expect(missing).toBeGreaterThan(-1);
  }
  const list = await scene.expert.tab();
  await list.goto(`${scene.product.origin}/recordings`);
  await expect(list.getByText('Ended early')).toHaveCount(ROUNDS + 1);
});

test('A5 the recorder’s network comes back in time: the recording goes on whole', async () => {
  const network = await openLostNetwork(portOf(scene.product.origin));
  const person = await recorder({ network });
  const { sessionId, desk, phone, began } = await record(person, 'The cable is pulled');
  await someTime(1, 3);
  network.cut();
  await expect(markOf(phone)).toContainText('Interrupted', { timeout: 30_000 });
  await someTime(0, 2);
  network.mend();
  await logged(sessionId, 'recording-began', 2);
  await expectRecording(phone);
  await someTime(1, 2);
  const stopped = await stop(desk);
  const { recording, seconds } = await made(sessionId);
  expect(recording.endedEarly).toBe(false);
  expectWhole([{ began, ...stopped, seconds }]);
  await person.close();
  await network.end();
  await nothingAmiss();
});

test(`A5 C3 the server is killed ${ROUNDS} times while it records and ${ROUNDS} times while the file is made: nothing is missing, half made or left over`, async () => {
  test.setTimeout(ROUNDS * 120_000 + 60_000);
  const { product } = scene;
  const person = await recorder();
  const rounds: Whole[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { sessionId, desk, phone, began } = await record(person, `Server, round ${round}`);
    await someTime(0, 2);
    await product.kill();
    await someTime(0, 2);
    await product.start();
    await expect(markOf(phone)).toContainText('Recording');
    await someTime(1, 2);
    const stopped = await stop(desk);
    await phone.close();
    await logged(sessionId, 'recording-ended');
    // In the middle of sending the rest, of making the file, or after it.
    await someTime(0, 2.5);
    await product.kill();
    await product.start();
    const { recording, seconds } = await made(sessionId);
    expect(recording.endedEarly).toBe(false);
    rounds.push({ began, ...stopped, seconds });
    await desk.close();
  }
  await person.close();
  expectWhole(rounds);
  await nothingAmiss();
});

test('A5 the recorder leaves, another employee who may carries on: both parts are one recording', async () => {
  const other = await colleague(scene, 'Ida Berg');
  await other.context.addInitScript(watchRecorder);
  await letRecord(scene, 'Ida Berg');
  const person = await recorder();
  const { sessionId } = await scene.newSession('Three at the press');
  await askDatabase(scene.product, 'update session set capacity = 3 where id = $1', [sessionId]);
  const desk = await comeIn(person, sessionId);
  const phone = await comeIn(scene.customer, sessionId);
  const second = await comeIn(other, sessionId);
  await recordButton(desk).click();
  for (const page of [phone, second]) await answer(page, 'Yes, record');
  await expectRecording(second, 2);
  const first = await recorderBegan(desk);
  const leaving = Date.now();
  await desk.getByRole('button', { name: 'Leave the session' }).click();
  const left = Date.now();
  const carryOn = second.getByRole('button', { name: 'Carry on recording' });
  await expect(carryOn).toBeVisible({ timeout: 30_000 });
  // The customer is told, and is offered nothing.
  await expect(markOf(phone)).toContainText('Interrupted');
  await expect(phone.getByRole('button', { name: 'Carry on recording' })).toHaveCount(0);
  await carryOn.click();
  await logged(sessionId, 'recording-began', 2);
  for (const page of [phone, second]) await expectRecording(page);
  const next = await recorderBegan(second);
  await someTime(1, 2);
  const { before, after } = await stop(second);
  const { recording, seconds } = await made(sessionId);
  // As one stretch of time, the second part right behind the first.
  expectWhole([{ began: first + next, before: leaving + before, after: left + after, seconds }], 2);
  expect(recording.stretches).toHaveLength(2);
  expect(recording.people).toContain(CUSTOMER);
  expect(recording.endedEarly).toBe(false);
  const lengths = recording.stretches.map(({ lengthMs }) => lengthMs);
  expect(Math.abs(lengths.reduce((sum, one) => sum + one, 0) - 1000 * seconds)).toBeLessThan(100);
  await person.close();
  await other.close();
  await nothingAmiss();
});
