import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** When each recorder of this page had its first picture, in ms of the computer's clock. */
    recorderBegan: number[];
  }
}

/** Runs in every page before its own scripts: hears when the recorder's worker has its first picture. */
export function watchRecorder(): void {
  window.recorderBegan = [];
  const Native = window.Worker;
  window.Worker = class extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const isBegan = typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'began';
        if (isBegan) window.recorderBegan.push(Date.now());
      });
    }
  };
}

/** When the page's last recorder had its first picture, ms of this computer's clock. */
export async function recorderBegan(page: Page): Promise<number> {
  await page.waitForFunction(() => window.recorderBegan.length > 0);
  const [at] = await page.evaluate(() => window.recorderBegan.slice(-1));
  if (at === undefined) throw new Error('nothing is recorded on this page');
  return at;
}
