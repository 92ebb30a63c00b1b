import { expect, type Page, test } from '@playwright/test';
import { clipSize, handAway, journey, journeyAim, toPhoto, toPicture } from './fixtures/motion.ts';
import { decoded, look, type Seen } from './harness/drawing-probe.ts';
import { meet, type Scene, setScene } from './harness/scene.ts';

/*
 * The promise of drawing: it stays on the thing. The customer's camera pans over a spot, a hand covers it, it leaves the view and
 * comes back (fixtures/motion.ts). Screenshots of both sides are measured against where the spot is in the very frame they show.
 */

let scene: Scene;
test.beforeEach(async () => {
  scene = await setScene({ journey: true });
});
test.afterEach(() => scene.end());

/** px of a picture of 640x360. */
const MEDIAN_PX = 3;
const WORST_PX = 8;
/** The drawing's own size around its middle, and as much as the picture's edge may cut off, px of the clip. */
const MARGIN = 60;
/** Frames of the camera after which a spot that came back is drawn again: none on an idle machine; half a second is for one with many times its load. */
const FOUND_AGAIN = 5;
/** What of the plainly visible is to be drawn, and of the three or more screenshots after the return; the rest is for looks that take a second there. */
const DRAWN_SHARE = 0.75;
const DRAWN_BACK = 2;

/** Screenshots are taken until there are enough of each kind, but no longer than this. */
const SAMPLING_MS = 140_000;

type Phase = 'seen' | 'covered' | 'back' | 'away' | 'between';

/** What the clip shows of this place in a frame. */
function phaseOf(frame: number, spot: readonly [number, number]): Phase {
  const inside = (at: number, margin: number) => {
    const [x, y] = toPicture(journeyAim(at), spot);
    return x > margin && y > margin && x < clipSize.width - margin && y < clipSize.height - margin;
  };
  if (!inside(frame, -MARGIN)) return 'away';
  if (!inside(frame, MARGIN)) return 'between';
  if (handAway(frame) !== null) return 'covered';
  if (frame < journey.hand.gone + FOUND_AGAIN && frame >= journey.hand.gone) return 'between';
  if (frame < journey.turnsBack.from) return 'seen';
  return inside(frame - FOUND_AGAIN, MARGIN) ? 'back' : 'between';
}

interface Sample extends Seen {
  readonly phase: Phase;
  readonly errorPx: number | null;
}

/** So many screenshots of each kind, at least; on a machine with three times its load one takes four seconds. */
const enough: Readonly<Partial<Record<Phase, number>>> = { seen: 8, back: 3, away: 3, covered: 2 };

const isEnough = (samples: readonly Sample[]) =>
  Object.entries(enough).every(([phase, many]) => samples.filter((one) => one.phase === phase).length >= many);

const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

/** Counts the frames that a page shows on its stage from now on. */
const countShown = (page: Page) =>
  page.evaluate(() => {
    const video = [...document.querySelectorAll('main video')].find((one) => one.clientWidth > 400);
    if (!(video instanceof HTMLVideoElement)) throw new Error('no picture on stage');
    const { dataset } = document.documentElement;
    dataset['shown'] = '0';
    const count = () => {
      dataset['shown'] = String(Number(dataset['shown']) + 1);
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
  });

const shownBy = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset['shown']));

/** Draws a thick blue dot on the spot while it is in view; the place of the photograph that it really is on. */
async function drawOnSpot(desk: Page): Promise<readonly [number, number]> {
  await desk.getByRole('button', { name: 'Draw on the picture' }).first().click();
  await desk.keyboard.press('4');
  await desk.getByRole('button', { name: 'Thick lines' }).click();
  await desk.addStyleTag({ content: '[role=toolbar], [role=status] { visibility: hidden !important }' });
  const stage = await desk.getByRole('main').boundingBox();
  if (stage === null) throw new Error('no stage');
  // Early in the clip, so that there is time to come down on the spot before the hand does.
  await expect.poll(async () => (await look(desk)).frame, { timeout: 60_000, intervals: [250] }).toBeLessThan(14);
  await desk.mouse.move(stage.x + stage.width * 0.38, stage.y + stage.height * 0.5);
  await desk.mouse.down();
  await expect.poll(async () => (await look(desk)).at).not.toBeNull();
  // The picture stands still under the pen: what was drawn on is the frame that is seen now.
  const held = await look(desk);
  await desk.mouse.up();
  if (held.at === null) throw new Error('nothing was drawn');
  const spot = toPhoto(journeyAim(held.frame), held.at);
  expect(Math.hypot(spot[0] - journey.spot[0], spot[1] - journey.spot[1])).toBeLessThan(45);
  expect(held.frame).toBeLessThan(journey.hand.comes);
  return spot;
}

test('A3 a drawing stays on its spot through pans, a hand before it, and leaving and returning', async () => {
  test.setTimeout(240_000);
  const { sessionId } = await scene.newSession('The valve leaks');
  const { desk, phone } = await meet(scene, sessionId);
  await phone.setViewportSize({ width: 832, height: 468 });
  await phone.addStyleTag({
    content:
      'header, section, [role=toolbar], [role=status], main > div > span, main > div:not(:has(canvas)) { visibility: hidden !important }',
  });
  const video = desk.getByLabel('Picture of Rafael Costa');
  await expect.poll(() => video.evaluate((one) => one instanceof HTMLVideoElement && one.videoWidth > 0)).toBe(true);
  // While nothing is drawn there is no tracker.
  const before = await decoded(desk);
  await expect.poll(async () => (await decoded(desk)) - before).toBeGreaterThan(10);
  for (const page of [desk, phone]) {
    expect(page.workers().map((worker) => worker.url())).toEqual([]);
    const loaded = () => performance.getEntriesByType('resource').map(({ name }) => name);
    expect((await page.evaluate(loaded)).filter((name) => /tracker|\.wasm/.test(name))).toEqual([]);
  }

  const spot = await drawOnSpot(desk);
  for (const page of [desk, phone]) {
    await expect.poll(async () => (await look(page)).at, { timeout: 30_000 }).not.toBeNull();
    expect(page.workers()).toHaveLength(1);
  }
  const samples = { desk: [] as Sample[], phone: [] as Sample[] };
  const sides = [
    ['desk', desk],
    ['phone', phone],
  ] as const;
  for (const [, page] of sides) await countShown(page);
  const begunMs = performance.now();
  while (!(isEnough(samples.desk) && isEnough(samples.phone)) && performance.now() - begunMs < SAMPLING_MS) {
    for (const { side, seen } of await Promise.all(
      sides.map(async ([side, page]) => ({ side, seen: await look(page) })),
    )) {
      const [x, y] = toPicture(journeyAim(seen.frame), spot);
      const errorPx = seen.at === null ? null : Math.hypot(seen.at[0] - x, seen.at[1] - y) / 2;
      samples[side].push({ ...seen, phase: phaseOf(seen.frame, spot), errorPx });
    }
  }
  const seconds = (performance.now() - begunMs) / 1000;

  for (const [side, page] of sides) {
    const all = samples[side];
    const framesPerSecond = (await shownBy(page)) / seconds;
    const of = (...phases: Phase[]) => all.filter(({ phase }) => phases.includes(phase));
    const errors = of('seen', 'covered', 'back').flatMap(({ errorPx }) => (errorPx === null ? [] : [errorPx]));
    const drawn = (some: readonly Sample[]) => some.filter(({ at }) => at !== null).length;
    const told = (['seen', 'covered', 'back', 'away'] as const).map(
      (phase) => `${phase} ${drawn(of(phase))}/${of(phase).length}`,
    );
    const px = `${median(errors).toFixed(2)} px median, ${Math.max(...errors).toFixed(2)} worst`;
    const description = `${side}: ${px}; drawn ${told.join(', ')}; ${framesPerSecond.toFixed(1)} frames/s shown`;
    test.info().annotations.push({ type: 'measured', description });
    await test.info().attach(`${side}.json`, { body: JSON.stringify(all), contentType: 'application/json' });
    expect.soft(isEnough(all), description).toBe(true);
    expect.soft(median(errors), description).toBeLessThan(MEDIAN_PX);
    expect.soft(Math.max(...errors), description).toBeLessThan(WORST_PX);
    expect.soft(drawn(of('away')), description).toBe(0);
    const visible = of('seen', 'back');
    expect.soft(drawn(visible) / visible.length, description).toBeGreaterThanOrEqual(DRAWN_SHARE);
    expect.soft(drawn(of('back')), description).toBeGreaterThanOrEqual(DRAWN_BACK);
    // The call itself goes on while both sides track: of ten frames a second most are shown.
    expect.soft(framesPerSecond, description).toBeGreaterThan(4);
  }
});
