import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import type { SessionId } from '#contract/ids.ts';
import { paintedCamera, things, type View } from './fixtures/painted-camera.ts';
import { beginToDraw, drag, onPicture } from './harness/drawing-hand.ts';
import { decoded } from './harness/drawing-probe.ts';
import { meet, type Scene, setScene } from './harness/scene.ts';

/* Where drawing on a live picture comes to its limits: what is seen, what the people are told, and what goes on. */

let all: Scene;
let scene: Scene;
test.beforeAll(async () => {
  all = await setScene({ sharp: true });
});
test.afterAll(() => all.end());
test.beforeEach(async () => {
  scene = await all.anew();
});
test.afterEach(() => scene.end());

/** Both in a session, the customer's camera at these views, the pen in the expert's hand. */
async function drawAt(
  views: readonly View[],
): Promise<{ desk: Page; phone: Page; sessionId: SessionId; made: () => Promise<number> }> {
  const { sessionId } = await scene.newSession('The valve leaks');
  if (views.length > 0) await scene.customer.context.addInitScript(paintedCamera, views);
  const { desk, phone } = await meet(scene, sessionId);
  await beginToDraw(desk);
  const made = async () => (await scene.log(sessionId)).filter(({ kind }) => kind === 'drawing-made').length;
  return { desk, phone, sessionId, made };
}

const turnTo = (phone: Page, view: number) =>
  phone.evaluate((to) => void document.documentElement.setAttribute('data-view', String(to)), view);

const notInView = (desk: Page) => desk.getByRole('button', { name: /Not in Rafael Costa’s view/ });

/** Puts some lines before the tracker's worker: it is another world than the page, where init scripts don't run. */
const beforeTracker = (context: BrowserContext, lines: string) =>
  context.route(/tracker\.worker[^/]*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${lines}\n${await response.text()}` });
  });

test('A3 a place with little to hold on to: who draws is told at once, and more around it is held on to', async () => {
  // A blank door among things.
  const door = { x: 400, y: 160, width: 480, height: 400, gray: 140 };
  const { desk, phone, made } = await drawAt([
    { wall: 120, patches: [...things(1), door] },
    { wall: 120, patches: things(2) },
  ]);
  await desk.keyboard.press('e');
  const at = await onPicture(desk);
  await drag(desk, at(0.47, 0.45), at(0.53, 0.55));
  await expect(
    desk.getByText('There is little to hold on to here: the drawing holds on to what is around it.'),
  ).toBeVisible();
  await expect.poll(made).toBe(1);
  // It is followed by what is around it: gone when that is gone, and back with it.
  await turnTo(phone, 1);
  await expect(notInView(desk)).toBeVisible({ timeout: 30_000 });
  await turnTo(phone, 0);
  await expect(notInView(desk)).toBeHidden({ timeout: 30_000 });
});

test('A3 a place with nothing to hold on to: who draws is told at once what helps', async () => {
  const { desk, made } = await drawAt([{ wall: 150, patches: [] }]);
  await desk.keyboard.press('e');
  const at = await onPicture(desk);
  await drag(desk, at(0.4, 0.4), at(0.55, 0.6));
  await expect(desk.getByText(/so the drawing may get lost. A frozen picture keeps it in place./)).toBeVisible();
  await expect.poll(made).toBe(1);
});

test('A3 two things that look alike: both sides are told so, and nothing is drawn on the wrong one', async () => {
  const panel = (x: number) => things(3, { x, y: 230, width: 260, height: 260 });
  const { desk, phone, made } = await drawAt([
    { wall: 150, patches: [...panel(100), ...panel(940)] },
    // One of them alone, where the other would be beside the picture: nothing tells which one it is.
    { wall: 150, patches: panel(510) },
  ]);
  await desk.keyboard.press('r');
  const at = await onPicture(desk);
  await drag(desk, at(0.14, 0.38), at(0.26, 0.62));
  await expect.poll(made).toBe(1);
  await turnTo(phone, 1);
  await expect(
    desk.getByRole('button', { name: 'Two places look alike. Ask Rafael Costa to show more of what is around.' }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(
    phone.getByRole('button', { name: 'Two places look alike here. Show more of what is around.' }),
  ).toBeVisible({ timeout: 30_000 });
  await turnTo(phone, 0);
  await expect(desk.getByRole('button', { name: /look alike/ })).toBeHidden({ timeout: 30_000 });
});

test('A3 a device without vector instructions: drawing on stills remains, and it says so', async () => {
  await beforeTracker(scene.expert.context, 'WebAssembly.validate = () => false;');
  const { desk, phone, sessionId } = await drawAt([]);
  await expect(
    desk.getByText(/can’t keep drawings in place on a moving picture. The picture freezes when you draw/),
  ).toBeVisible();
  const at = await onPicture(desk);
  await desk.keyboard.press('e');
  await drag(desk, at(0.45, 0.4), at(0.56, 0.55));
  const kinds = async () => (await scene.log(sessionId)).map(({ kind }) => kind).slice(-2);
  await expect.poll(kinds).toEqual(['picture-frozen', 'drawing-made']);
  await desk.keyboard.press('f');
  await expect.poll(kinds).toContain('picture-released');
  // On the moving picture it is not to be seen here, and the still says where it was; the other side follows it.
  await expect(
    desk.getByRole('button', { name: 'Drawn here. This device can’t show it in the moving picture.' }),
  ).toBeVisible();
  await expect(desk.getByText(/Rafael Costa does not see/)).toBeHidden();
  await expect(phone.getByText(/Nora Lind does not see|Bring this into view/)).toBeHidden();
});

test('A2 A3 a browser that writes no WebP and one without access to frames draw on the live picture all the same', async () => {
  await beforeTracker(
    scene.expert.context,
    `const convert = OffscreenCanvas.prototype.convertToBlob;
     OffscreenCanvas.prototype.convertToBlob = function (options) {
       return convert.call(this, options?.type === 'image/webp' ? { type: 'image/png' } : options);
     };`,
  );
  for (const { context } of [scene.expert, scene.customer]) {
    await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'VideoFrame'));
  }
  const { desk, phone, made } = await drawAt([
    { wall: 120, patches: things(1) },
    { wall: 120, patches: things(2) },
  ]);
  const types: (string | undefined)[] = [];
  phone.on('response', (response) => {
    if (/\/pictures\//.test(response.url())) types.push(response.headers()['content-type']);
  });
  await desk.keyboard.press('e');
  const at = await onPicture(desk);
  await drag(desk, at(0.45, 0.4), at(0.56, 0.55));
  await expect.poll(made).toBe(1);
  await expect.poll(() => types).toEqual(['image/jpeg']);
  await turnTo(phone, 1);
  await expect(notInView(desk)).toBeVisible({ timeout: 30_000 });
  await turnTo(phone, 0);
  await expect(notInView(desk)).toBeHidden({ timeout: 30_000 });
});

test('A3 a slow device looks less often and less closely before the call suffers', async () => {
  // Reading a frame takes 60 ms more; the worker tells what the page hears of each look.
  await beforeTracker(
    scene.expert.context,
    `const spend = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
     const copy = VideoFrame.prototype.copyTo;
     VideoFrame.prototype.copyTo = function (...how) { spend(60); return copy.apply(this, how); };
     const looks = new BroadcastChannel('looks');
     const post = self.postMessage.bind(self);
     self.postMessage = (message, ...more) => {
       if (message.kind === 'found') looks.postMessage({ restMs: message.restMs, tookMs: message.tookMs });
       post(message, ...more);
     };`,
  );
  const { desk, made } = await drawAt([{ wall: 120, patches: things(1) }]);
  await desk.evaluate(() => {
    new BroadcastChannel('looks').addEventListener('message', ({ data }: MessageEvent<{ restMs: number }>) => {
      document.documentElement.dataset['rest'] = String(Math.round(data.restMs));
    });
  });
  const rate = async () => {
    const [before, sinceMs] = [await decoded(desk), Date.now()];
    await expect.poll(async () => (await decoded(desk)) - before).toBeGreaterThan(30);
    return (((await decoded(desk)) - before) * 1000) / (Date.now() - sinceMs);
  };
  const undisturbed = await rate();
  await desk.keyboard.press('e');
  const at = await onPicture(desk);
  await drag(desk, at(0.45, 0.4), at(0.56, 0.55));
  await expect.poll(made).toBe(1);
  // Every third frame at most, which is the least effort.
  await expect
    .poll(() => desk.evaluate(() => Number(document.documentElement.dataset['rest'])), { timeout: 40_000 })
    .toBeGreaterThan(80);
  const slowed = await rate();
  test
    .info()
    .annotations.push({ type: 'frames per second', description: `${undisturbed} before, ${slowed} while looking` });
  expect(slowed).toBeGreaterThan(undisturbed * 0.7);
});

test('A2 what the other page does not understand of a drawing is told to who draws, once, and counted', async () => {
  await scene.expert.context.addInitScript(() => {
    // As an older or a broken page would say it: growing lines are of no kind that is known.
    const send = RTCDataChannel.prototype.send;
    RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
      const said = String(data);
      Reflect.apply(send, this, [said.includes('"stroke-points"') ? '{"kind":"explode"}' : said]);
    };
  });
  const { desk, phone, made } = await drawAt([]);
  await phone.locator('canvas[data-tool]').waitFor({ state: 'attached' });
  const at = await onPicture(desk);
  await drag(desk, at(0.4, 0.4), at(0.5, 0.5));
  const words = desk.getByText('Rafael Costa’s page did not understand yours.');
  await expect(words).toBeVisible();
  await words.locator('..').getByRole('button', { name: 'Close' }).click();
  await expect(words).toBeHidden();
  // The finished line goes by way of the server. A second one is counted, and nothing is said again.
  await expect.poll(made).toBe(1);
  await desk.getByRole('button', { name: 'Settings' }).click();
  const count = async () =>
    Number(/\d+$/.exec(await desk.getByText(/that the other side did not get/).innerText())?.[0]);
  const before = await count();
  await expect(async () => {
    await drag(desk, at(0.5, 0.6), at(0.6, 0.5));
    expect(await count()).toBeGreaterThan(before);
  }).toPass({ timeout: 20_000 });
  await expect(words).toBeHidden();
});
