import { expect, test } from '@playwright/test';
import { beginToDraw, onPicture } from './harness/drawing-hand.ts';
import { paintedOn } from './harness/drawing-probe.ts';
import { meet, type Scene, setScene } from './harness/scene.ts';

/* What is seen of a picture that is drawn on, on a desk and on a phone held upright. */

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

test('A2 A3 a frozen picture is seen whole on a phone held upright, and drawn on where the finger is', async () => {
  const { sessionId } = await scene.newSession('The valve leaks');
  const { desk, phone } = await meet(scene, sessionId);
  await beginToDraw(desk);
  await desk.keyboard.press('f');
  const kinds = async () => (await scene.log(sessionId)).map(({ kind }) => kind);
  await expect.poll(kinds).toContain('picture-frozen');
  await desk.keyboard.press('4');
  await desk.getByRole('button', { name: 'Thick lines' }).click();
  const onDesk = await onPicture(desk);
  for (const x of [0.15, 0.95]) {
    await desk.mouse.move(...onDesk(x, 0.5));
    await desk.mouse.down();
    await desk.mouse.up();
  }
  const shapes = async () =>
    (await scene.log(sessionId)).flatMap((body) => (body.kind === 'drawing-made' ? [body.drawing.shape] : []));
  await expect.poll(async () => (await shapes()).length).toBe(2);
  const onPhone = await onPicture(phone);
  const [left, middle] = onPhone(0.15, 0.5);
  const [right] = onPhone(0.95, 0.5);
  await expect
    .poll(async () => {
      const seen = await paintedOn(phone);
      return seen === null
        ? 'nothing'
        : Math.max(
            Math.abs(seen.left - left),
            Math.abs(seen.right - right),
            Math.abs((seen.top + seen.bottom) / 2 - middle),
          );
    })
    .toBeLessThan(12);
  await phone.getByRole('button', { name: 'Draw on the picture' }).last().tap();
  await phone.mouse.move(...onPhone(0.1, 0.2));
  await phone.mouse.down();
  await phone.mouse.move(...onPhone(0.2, 0.3));
  await phone.mouse.move(...onPhone(0.4, 0.2));
  await phone.mouse.up();
  await expect.poll(async () => (await shapes()).length).toBe(3);
  const drawn = (await shapes()).at(-1);
  if (drawn?.tool !== 'pen') throw new Error('no line was drawn');
  const ends = [drawn.points[0], drawn.points.at(-1)].map((at) => at?.map((part) => Math.round(part * 50) / 50));
  expect(ends).toEqual([
    [0.1, 0.2],
    [0.4, 0.2],
  ]);
});

test('A2 a narrow desk: the stage makes room for the side menu', async () => {
  const { sessionId } = await scene.newSession('The valve leaks');
  const { desk } = await meet(scene, sessionId);
  await beginToDraw(desk);
  for (const width of [1024, 800]) {
    await desk.setViewportSize({ width, height: 768 });
    const stage = await desk.getByRole('main').boundingBox();
    const menu = await desk.getByRole('complementary').boundingBox();
    if (stage === null || menu === null) throw new Error('something is not there');
    expect(stage.x + stage.width).toBeLessThanOrEqual(menu.x);
    expect(stage.width).toBeGreaterThan(width / 2);
    const leave = await desk.getByRole('button', { name: 'Leave the session' }).boundingBox();
    const buttons = await desk.getByRole('button').all();
    for (const button of buttons)
      expect(await button.boundingBox().then((box) => (box?.x ?? 0) + (box?.width ?? 0))).toBeLessThanOrEqual(width);
    expect((leave?.y ?? 0) >= menu.y + menu.height).toBe(true);
  }
  // Narrower it is the phone's screen, with the phone's way to draw.
  await desk.setViewportSize({ width: 740, height: 900 });
  await expect(desk.getByRole('button', { name: 'Draw on the picture' }).locator('visible=true')).toHaveCount(1);
});

test('A2 the first key after the text tool touched the picture is already the text', async () => {
  const { sessionId } = await scene.newSession('The valve leaks');
  const { desk } = await meet(scene, sessionId);
  await beginToDraw(desk);
  await desk.keyboard.press('t');
  // Who has the focus in the first task after the pen came down: before the browser has painted anything.
  await desk.evaluate(() => {
    const note = () => document.documentElement.setAttribute('data-focus', document.activeElement?.tagName ?? '');
    document.addEventListener(
      'pointerdown',
      () =>
        void Promise.resolve()
          .then(() => Promise.resolve())
          .then(note),
      {
        once: true,
      },
    );
  });
  const at = await onPicture(desk);
  await desk.mouse.click(...at(0.5, 0.5));
  await desk.keyboard.type('close this');
  expect(await desk.evaluate(() => document.documentElement.dataset['focus'])).toBe('TEXTAREA');
  await expect(desk.getByRole('textbox', { name: 'Text on the picture' })).toHaveValue('close this');
  await desk.keyboard.press('Enter');
  await expect
    .poll(async () =>
      (await scene.log(sessionId)).flatMap((body) => (body.kind === 'drawing-made' ? [body.drawing.shape] : [])),
    )
    .toMatchObject([{ tool: 'text', text: 'close this' }]);
});
