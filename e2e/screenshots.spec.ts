import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import * as files from '#contract/file/http.ts';
import type { SessionId } from '#contract/ids.ts';
import { endSession } from '#contract/session/http.ts';
import { askAs } from './harness/api.ts';
import { namesInZip, pixelsOf } from './harness/pictures.ts';
import { meet, type Scene, setScene } from './harness/scene.ts';

/* Screenshots of a session, with two real browsers. */

let all: Scene;
let scene: Scene;
test.beforeAll(async () => {
  all = await setScene();
});
test.afterAll(() => all.end());
test.beforeEach(async () => {
  scene = await all.anew();
  await scene.customer.context.addInitScript(cameraWithPhotographs);
});
test.afterEach(() => scene.end());

const shotsOf = async (sessionId: SessionId, who: 'expert' | 'customer' = 'expert') =>
  (await askAs(scene[who].context, scene.product.origin, files.listScreenshots, { params: { sessionId } })).screenshots;

const pathOf = (sessionId: SessionId, id: string, version: number, file: string) =>
  `${scene.product.origin}/api/sessions/${sessionId}/screenshots/${id}/versions/${version}/${file}`;

async function fileOf(who: 'expert' | 'customer', path: string) {
  const answer = await scene[who].context.request.get(path);
  return { status: answer.status(), bytes: await answer.body() };
}

/** The customer's picture is on the desk's stage. */
async function seePicture(desk: Page): Promise<void> {
  const video = desk.getByLabel('Picture of Rafael Costa');
  await expect.poll(() => video.evaluate((one) => one instanceof HTMLVideoElement && one.videoWidth > 0)).toBe(true);
  await expect(desk.getByRole('button', { name: 'Take a screenshot' }).first()).toBeVisible();
}

const thumbnails = (page: Page) => page.getByRole('button', { name: /^Open screenshot \d+$/ });

async function waitForVersions(sessionId: SessionId, ...many: number[]) {
  await expect
    .poll(async () => (await shotsOf(sessionId)).map(({ versions }) => versions.length), {
      timeout: 30_000,
      intervals: [100],
    })
    .toEqual(many);
  return shotsOf(sessionId);
}

test('A6 from both sides, at the full size of the camera, in both transcripts at once', async () => {
  const { sessionId } = await scene.newSession('Read the plate');
  const { desk, phone } = await meet(scene, sessionId);
  await seePicture(desk);
  // The feed is 640x360, the element of another size; the camera's photograph is 2592x1944.
  await desk.keyboard.press('s');
  const [first] = await waitForVersions(sessionId, 1);
  expect(first?.versions[0]).toMatchObject({ width: 2592, height: 1944 });
  await phone.getByRole('button', { name: 'Take a screenshot' }).last().click();
  const all = await waitForVersions(sessionId, 1, 1);
  await phone.getByRole('button', { name: /^Chat/ }).click();
  for (const page of [desk, phone]) {
    await expect(page.getByText('Nora Lind took screenshot 1')).toBeVisible();
    await expect(page.getByText('Rafael Costa took screenshot 2')).toBeVisible();
    await expect(thumbnails(page)).toHaveCount(2);
  }
  // The small print of the plate: bars of 3 px of the photograph, which the feed could not tell apart.
  for (const { id } of all) {
    const { bytes } = await fileOf('customer', pathOf(sessionId, id, 1, 'picture'));
    const { width, row } = await pixelsOf(desk, bytes, { y: 0.5 });
    expect(width).toBe(2592);
    const bars = row.slice(1200, 1320).map((value) => (value > 128 ? 1 : 0));
    const changes = bars.filter((value, i) => i > 0 && value !== bars[i - 1]).length;
    expect(changes).toBeGreaterThan(36);
  }
});

test('A6 where the camera’s page does not answer, the page that took it gives its own frame', async () => {
  const { sessionId } = await scene.newSession('The other page is stuck');
  const { desk, phone } = await meet(scene, sessionId);
  await seePicture(desk);
  await phone.evaluate(() => document.documentElement.setAttribute('data-broken', 'yes'));
  await phone.context().setOffline(true);
  await desk.keyboard.press('s');
  const [shot] = await waitForVersions(sessionId, 1);
  expect(shot?.versions[0]?.author).toMatchObject({ name: 'Nora Lind' });
  expect(shot?.versions[0]?.width).toBeGreaterThanOrEqual(320);
  await phone.context().setOffline(false);
});

test('A6 a camera that is switched off is not filmed, and the button says so', async () => {
  const { sessionId } = await scene.newSession('Camera off');
  const { desk, phone } = await meet(scene, sessionId);
  await seePicture(desk);
  await phone.getByRole('button', { name: 'Switch the camera off' }).click();
  const off = desk.getByRole('button', { name: 'Rafael Costa has the camera off, so there is nothing to take' });
  await expect(off.first()).toHaveAttribute('aria-disabled', 'true');
  await desk.keyboard.press('s');
  await expect(desk.getByText('Rafael Costa has the camera off, so there is nothing to take')).toBeVisible();
  expect(await shotsOf(sessionId)).toEqual([]);
});

test('A6 what was drawn stays separate, and lies in its place on the photograph', async () => {
  const { sessionId } = await scene.newSession('The valve leaks');
  const { desk } = await meet(scene, sessionId);
  await seePicture(desk);
  await desk.keyboard.press('e');
  await desk.keyboard.press('d');
  await desk.keyboard.press('e');
  const box = await desk.getByRole('main').boundingBox();
  if (box === null) throw new Error('no stage');
  await desk.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.42);
  await desk.mouse.down();
  await desk.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.58, { steps: 4 });
  await desk.mouse.up();
  await expect.poll(async () => (await scene.log(sessionId)).some(({ kind }) => kind === 'drawing-made')).toBe(true);
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('s');
  const [shot] = await waitForVersions(sessionId, 1);
  const [drawing] = shot?.versions[0]?.drawings ?? [];
  if (drawing === undefined || !('from' in drawing.shape)) throw new Error('the drawing is not on the screenshot');
  const middle = [
    (drawing.shape.from[0] + drawing.shape.to[0]) / 2,
    (drawing.shape.from[1] + drawing.shape.to[1]) / 2,
  ] as const;
  // The photograph shows the same thing 4:3, so half of the height of the feed's picture is half of the photograph's.
  expect(Math.abs(middle[0] - 0.5)).toBeLessThan(0.03);
  expect(Math.abs(middle[1] - 0.5)).toBeLessThan(0.03);
  const id = shot?.id ?? '';
  const picture = await fileOf('expert', pathOf(sessionId, id, 1, 'picture'));
  const painted = await fileOf('expert', pathOf(sessionId, id, 1, 'painted'));
  expect(await yellowIn(desk, picture.bytes)).toBeLessThan(20);
  expect(await yellowIn(desk, painted.bytes)).toBeGreaterThan(500);
});

test('A6 the editor: crops, rotates, highlights, and blurs for good', async () => {
  const { sessionId } = await scene.newSession('A name on the plate');
  const { desk, phone } = await meet(scene, sessionId);
  await seePicture(desk);
  await desk.keyboard.press('s');
  const [shot] = await waitForVersions(sessionId, 1);
  const id = shot?.id ?? '';
  await thumbnails(desk).click();
  await desk.getByRole('button', { name: 'Edit', exact: true }).click();
  const paper = desk.getByRole('application');
  await expect(paper).toBeVisible();
  const onPaper = await picturePlace(desk, { width: 2592, height: 1944 });
  // Blurred: the small print in the middle.
  await desk.getByRole('button', { name: 'Blur', exact: true }).click();
  await drag(desk, onPaper(0.4, 0.42), onPaper(0.6, 0.58));
  await desk.getByRole('button', { name: 'Highlight', exact: true }).click();
  await drag(desk, onPaper(0.1, 0.1), onPaper(0.3, 0.2));
  await desk.getByRole('button', { name: 'Arrow', exact: true }).click();
  await drag(desk, onPaper(0.8, 0.8), onPaper(0.65, 0.6));
  await desk.getByRole('button', { name: 'Undo', exact: true }).click();
  await desk.keyboard.press('Control+Shift+z');
  await desk.getByRole('button', { name: 'Crop', exact: true }).click();
  await drag(desk, onPaper(0.05, 0.05), onPaper(0.95, 0.95));
  await desk.getByRole('button', { name: 'Cut to this' }).click();
  await desk.getByRole('button', { name: 'Rotate', exact: true }).click();
  await desk.getByRole('button', { name: 'Save as a new version' }).click();
  const [edited] = await waitForVersions(sessionId, 2);
  const version = edited?.versions[1];
  expect(version).toMatchObject({ blurred: true, author: { name: 'Nora Lind' } });
  expect(Math.abs((version?.width ?? 0) - 1944 * 0.9)).toBeLessThan(30);
  expect(Math.abs((version?.height ?? 0) - 2592 * 0.9)).toBeLessThan(40);
  expect(version?.drawings.map(({ shape }) => shape.tool)).toEqual(['highlight', 'arrow']);
  // What the server serves has no bars any more where they were; the column is what was a row before the turn.
  const served = await fileOf('customer', pathOf(sessionId, id, 2, 'picture'));
  const { column } = await pixelsOf(desk, served.bytes, { x: 0.5 });
  const middle = column.slice(Math.round(column.length * 0.44), Math.round(column.length * 0.56));
  const steps = middle.map((value, i) => Math.abs(value - (middle[i - 1] ?? value)));
  expect(Math.max(...steps)).toBeLessThan(14);
  expect(served.bytes.includes(Buffer.from('Exif'))).toBe(false);
  // The original is for employees.
  expect((await fileOf('expert', pathOf(sessionId, id, 1, 'picture'))).status).toBe(200);
  for (const file of ['picture', 'painted', 'thumbnail'])
    expect((await fileOf('customer', pathOf(sessionId, id, 1, file))).status).toBe(404);
  expect((await shotsOf(sessionId, 'customer'))[0]?.versions.map(({ number }) => number)).toEqual([2]);
  // The other side has the new version in its transcript.
  await phone.getByRole('button', { name: /^Chat/ }).click();
  await expect(phone.getByText('Nora Lind edited a screenshot')).toBeVisible();
  await expect(thumbnails(phone).locator('img')).toHaveAttribute('src', /versions\/2\/thumbnail/);
});

test('A6 the editor on a phone: draws by finger, asks before changes are lost', async () => {
  const { sessionId } = await scene.newSession('On the phone');
  const { desk, phone } = await meet(scene, sessionId);
  await seePicture(desk);
  await phone.getByRole('button', { name: 'Take a screenshot' }).last().click();
  await expect(phone.getByText('Screenshot taken')).toBeVisible();
  await waitForVersions(sessionId, 1);
  await phone.getByRole('button', { name: /^Chat/ }).click();
  await thumbnails(phone).click();
  await phone.getByRole('button', { name: 'Edit', exact: true }).click();
  for (const button of await phone.getByRole('toolbar', { name: 'Editing tools' }).getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(48);
  }
  const onPaper = await picturePlace(phone, { width: 2592, height: 1944 });
  await phone.getByRole('button', { name: 'Pen', exact: true }).click();
  await drag(phone, onPaper(0.3, 0.3), onPaper(0.6, 0.7));
  await phone.getByRole('button', { name: 'Select', exact: true }).click();
  await phone.mouse.click(...onPaper(0.45, 0.5));
  await expect(phone.getByRole('button', { name: 'Delete', exact: true })).toBeEnabled();
  await phone.getByRole('button', { name: 'Close', exact: true }).first().click();
  await expect(phone.getByText('Throw your changes away?')).toBeVisible();
  await phone.getByRole('button', { name: 'Go on editing' }).click();
  await phone.getByRole('button', { name: 'Save as a new version' }).click();
  const [shot] = await waitForVersions(sessionId, 2);
  expect(shot?.versions[1]).toMatchObject({ blurred: false, author: { name: 'Rafael Costa' } });
  expect(shot?.versions[1]?.drawings.map(({ shape }) => shape.tool)).toEqual(['pen']);
});

test('A6 taken without a connection, the tab closed: it goes up from another page later', async () => {
  const { sessionId } = await scene.newSession('In the cellar');
  const { desk, phone } = await meet(scene, sessionId);
  await seePicture(desk);
  await expect(phone.getByRole('button', { name: 'Take a screenshot' }).last()).toBeVisible();
  await scene.customer.context.setOffline(true);
  await phone.getByRole('button', { name: 'Take a screenshot' }).last().click();
  await expect(
    phone.getByText('1 screenshot is kept on this device and goes up when the connection is back'),
  ).toBeVisible({ timeout: 30_000 });
  await phone.close();
  expect(await shotsOf(sessionId)).toEqual([]);
  await scene.customer.context.setOffline(false);
  const page = await scene.customer.tab();
  await page.goto(scene.code.link);
  const [shot] = await waitForVersions(sessionId, 1);
  expect(shot?.author).toMatchObject({ name: 'Rafael Costa' });
  await expect(thumbnails(desk)).toHaveCount(1);
});

test('A7 the record after the end, for both, and on the ticket; all of it downloads', async () => {
  const { sessionId, ticketId } = await scene.newSession('The record');
  const { desk, phone } = await meet(scene, sessionId);
  await seePicture(desk);
  await desk.keyboard.press('s');
  await desk.keyboard.press('s');
  await waitForVersions(sessionId, 1, 1);
  await askAs(scene.expert.context, scene.product.origin, endSession, { params: { sessionId } });
  for (const page of [desk, phone]) {
    await expect(page.getByRole('heading', { name: 'The record' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Screenshots' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Nora Lind, Rafael Costa')).toBeVisible();
    await page.reload();
    await page.getByRole('list').getByRole('button', { name: 'Open screenshot 1' }).first().click();
    await expect(page.getByRole('heading', { name: 'Screenshot 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Next screenshot' }).click();
    await expect(page.getByRole('heading', { name: 'Screenshot 2' })).toBeVisible();
    const [one] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download', exact: true }).click(),
    ]);
    expect((await readFile(await one.path())).subarray(0, 2).toString('hex')).toBe('ffd8');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    const [zip] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download all' }).click(),
    ]);
    const names = namesInZip(await readFile(await zip.path()));
    expect(names.length).toBeGreaterThanOrEqual(2);
    expect(names.every((name) => name.endsWith('.jpg'))).toBe(true);
  }
  // Employees erase; the line stays.
  await desk.getByRole('list').getByRole('button', { name: 'Open screenshot 1' }).first().click();
  await desk.getByRole('button', { name: 'Erase', exact: true }).click();
  await desk.getByRole('button', { name: 'Erase for everybody' }).click();
  await expect(desk.getByText('This screenshot was erased. The transcript says when.')).toBeVisible();
  await expect(phone.getByText('Nora Lind erased screenshot 1')).toBeVisible();
  const ticket = await scene.expert.tab();
  await ticket.goto(`${scene.product.origin}/tickets/${ticketId}`);
  await expect(ticket.getByRole('link', { name: '1 screenshot' })).toBeVisible();
  await ticket.getByRole('link', { name: 'Open the record' }).click();
  await expect(ticket.getByRole('heading', { name: 'The record' })).toBeVisible();
  const code = await scene.customer.tab();
  await code.goto(`${scene.code.link}#ticket-${ticketId}`);
  await expect(code.getByRole('link', { name: '1 screenshot' })).toBeVisible();
});

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}

/** Places of the picture on the editor's paper, where it lies whole and in the middle. */
async function picturePlace(page: Page, { width, height }: { width: number; height: number }) {
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('no paper');
  const scale = Math.min(box.width / width, box.height / height);
  const [left, top] = [box.x + (box.width - width * scale) / 2, box.y + (box.height - height * scale) / 2];
  return (x: number, y: number): [number, number] => [left + x * width * scale, top + y * height * scale];
}

async function yellowIn(page: Page, bytes: Buffer): Promise<number> {
  return (await pixelsOf(page, bytes, {})).yellow;
}

/**
 * The customer's camera: a feed of 640x360, and photographs of 2592x1944 of the same plate, on which small print can be read that
 * the feed does not show.
 */
function cameraWithPhotographs(): void {
  const draw = (width: number, height: number) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const paint = canvas.getContext('2d');
    if (paint === null) return canvas;
    paint.fillStyle = '#5b6a73';
    paint.fillRect(0, 0, width, height);
    // The plate fills the same part of the view of feed and photograph, whose form is another.
    const scale = Math.min(width / 1600, height / 900);
    paint.setTransform(scale, 0, 0, scale, width / 2, height / 2);
    let state = 4711;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    for (let i = 0; i < 900; i++) {
      const gray = Math.floor(next() * 200);
      paint.fillStyle = `rgb(${gray},${gray},${gray})`;
      paint.fillRect(next() * 1600 - 800, next() * 900 - 450, 8 + next() * 50, 8 + next() * 50);
    }
    paint.setTransform(1, 0, 0, 1, 0, 0);
    if (width > 2000) {
      paint.fillStyle = '#fff';
      paint.fillRect(width / 2 - 200, height / 2 - 60, 400, 120);
      paint.fillStyle = '#000';
      for (let x = width / 2 - 200; x < width / 2 + 200; x += 6) paint.fillRect(x, height / 2 - 60, 3, 120);
    }
    return canvas;
  };
  const feed = draw(640, 360);
  const context = feed.getContext('2d');
  let light = false;
  setInterval(() => {
    // A pixel that changes: a canvas that stays the same sends no frames.
    light = !light;
    if (context === null) return;
    context.fillStyle = light ? '#222' : '#333';
    context.fillRect(0, 0, 2, 2);
  }, 80);
  Object.defineProperty(window, 'ImageCapture', {
    value: class {
      getPhotoCapabilities() {
        return Promise.resolve({ imageWidth: { max: 2592 }, imageHeight: { max: 1944 } });
      }
      takePhoto() {
        if (document.documentElement.dataset['broken'] === 'yes') return new Promise(() => undefined);
        return new Promise((resolve) => draw(2592, 1944).toBlob(resolve, 'image/jpeg', 0.95));
      }
    },
  });
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await real(wish);
    for (const track of stream.getVideoTracks()) {
      track.stop();
      stream.removeTrack(track);
      for (const own of feed.captureStream(30).getVideoTracks()) stream.addTrack(own);
    }
    return stream;
  };
}
