import { expect, type Page, test } from '@playwright/test';
import { beginToDraw } from './harness/drawing-hand.ts';
import { meet, type Scene, setScene } from './harness/scene.ts';

/* Pictures that are drawn on: from the page that makes them by way of the server to the others. */

let scene: Scene;
test.beforeEach(async () => {
  scene = await setScene({ sharp: true });
});
test.afterEach(() => scene.end());

/** What a page asks about pictures, with the server's answers, in order: `PUT 200`. */
function askedBy(page: Page): readonly string[] {
  const asked: string[] = [];
  page.on('response', (response) => {
    if (/\/pictures\//.test(response.url())) asked.push(`${response.request().method()} ${response.status()}`);
  });
  return asked;
}

test('A2 a picture is asked for once it is there, and one with nothing drawn on it is taken away again', async () => {
  const { sessionId } = await scene.newSession('The valve leaks');
  const { desk, phone } = await meet(scene, sessionId);
  await beginToDraw(desk);
  await phone.locator('canvas[data-tool]').waitFor({ state: 'attached' });
  const [byDesk, byPhone] = [askedBy(desk), askedBy(phone)];
  const held = Promise.withResolvers<void>();
  const sent = desk.waitForRequest((request) => request.method() === 'PUT');
  await scene.expert.context.route('**/pictures/*', async (route) => {
    await held.promise;
    await route.continue();
  });
  const stage = await desk.getByRole('main').boundingBox();
  if (stage === null) throw new Error('no stage');
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
  await desk.mouse.move(x, y);
  await desk.mouse.down();
  await desk.mouse.move(x + 60, y + 10);
  await sent;
  // The stroke is on the phone's screen, and its picture is still on its way.
  await expect.poll(() => phone.locator('canvas[data-tool]').evaluate(hasInk)).toBe(true);
  expect(byPhone).toEqual([]);
  held.resolve();
  await expect.poll(() => byPhone).toEqual(['GET 200']);
  await desk.mouse.move(x + 90, y + 40);
  await desk.mouse.up();
  await expect
    .poll(async () => (await scene.log(sessionId)).filter(({ kind }) => kind === 'drawing-made').length)
    .toBe(1);
  expect(byDesk).toEqual(['PUT 200']);
  // A tap with the arrow draws nothing.
  await desk.keyboard.press('a');
  await expect(desk.getByRole('button', { name: 'Arrow' })).toHaveAttribute('aria-pressed', 'true');
  // Once the picture that the line was drawn on has gone on.
  await expect(async () => {
    await desk.mouse.click(x, y);
    expect(byDesk).toContain('DELETE 200');
  }).toPass({ intervals: [1_500], timeout: 20_000 });
  expect(byPhone).toEqual(['GET 200']);
});

/** Runs in the page: whether anything is painted on this canvas. */
function hasInk(canvas: Element): boolean {
  if (!(canvas instanceof HTMLCanvasElement)) return false;
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  return data.some((value, i) => i % 4 === 3 && value > 200);
}
