import type { Page } from '@playwright/test';
import { meet, type Scene, setScene } from '../../e2e/harness/scene.ts';
import { preparePages } from '../../scripts/prepare/pages.mjs';

/** A call of the expert's desk and the customer's phone, whose camera is the moving clip of the browser tests. */
export interface Call {
  readonly scene: Scene;
  readonly desk: Page;
  readonly phone: Page;
  /** A place in the middle of the desk's picture, where the phone sees it too; in parts of the stage, CSS px. */
  at(x: number, y: number): [number, number];
}

/** Builds what is missing, starts the product and brings both into the call; `prepare` comes before the pages. */
export async function callToDrawIn(prepare: (scene: Scene) => Promise<void> = async () => {}): Promise<Call> {
  await preparePages(process.execPath);
  const scene = await setScene({ sharp: true });
  try {
    await prepare(scene);
    const { sessionId } = await scene.newSession('Measured');
    const { desk, phone } = await meet(scene, sessionId);
    for (const page of [desk, phone])
      await page.waitForFunction(() =>
        [...document.querySelectorAll('main video')].some(
          (one) => one instanceof HTMLVideoElement && one.videoWidth > 0,
        ),
      );
    const box = await desk.getByRole('main').boundingBox();
    if (box === null) throw new Error('the desk has no stage');
    return { scene, desk, phone, at: (x, y) => [box.x + x * box.width, box.y + y * box.height] };
  } catch (trouble) {
    await scene.end();
    throw trouble;
  }
}

/** Takes the pen, or another tool by its key, into the expert's hand. */
export async function takeTool(desk: Page, key: string): Promise<void> {
  await desk.getByRole('button', { name: 'Draw on the picture' }).first().click();
  await desk.getByRole('toolbar', { name: 'Drawing tools' }).waitFor();
  await desk.keyboard.press(key);
}
