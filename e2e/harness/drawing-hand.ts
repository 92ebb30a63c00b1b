import { expect, type Page } from '@playwright/test';

/* What a hand does at the desk to draw on the customer's picture. */

/** Waits for the picture and takes the pen into the hand. */
export async function beginToDraw(desk: Page): Promise<void> {
  const video = desk.getByLabel('Picture of Rafael Costa');
  await expect.poll(() => video.evaluate((one) => one instanceof HTMLVideoElement && one.videoWidth > 0)).toBe(true);
  await desk.getByRole('button', { name: 'Draw on the picture' }).first().click();
  await expect(desk.getByRole('toolbar', { name: 'Drawing tools' })).toBeVisible();
}

/** A place of a whole picture of 16:9 on stage, from parts of it to CSS px of the page. */
export async function onPicture(page: Page): Promise<(x: number, y: number) => [number, number]> {
  const box = await page.getByRole('main').boundingBox();
  if (box === null) throw new Error('no stage');
  const scale = Math.min(box.width / 16, box.height / 9);
  const [width, height] = [16 * scale, 9 * scale];
  const [left, top] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2];
  return (x, y) => [left + x * width, top + y * height];
}

/** Draws one line. */
export async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}
