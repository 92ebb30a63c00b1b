import type { Page, PageScreenshotOptions } from '@playwright/test';

const folder = process.env['LOOK'];

/** A picture of the page for somebody who wants to look at it, in the folder that LOOK names; without one there is none. */
export async function keepPicture(page: Page, name: string, options: PageScreenshotOptions = {}): Promise<void> {
  if (folder !== undefined) await page.screenshot({ ...options, path: `${folder}/${name}.png` });
}
