/** One browser with a fake camera and microphone, and tabs in it that are strangers to each other. */
import { type Browser, chromium, type Page } from '@playwright/test';
import { WITHOUT } from '../harness/browsers.ts';

const ARGS = [
  '--use-fake-ui-for-media-stream',
  // The second fake camera is a depth camera (Y16), which no encoder takes; the third is a plain one again.
  '--use-fake-device-for-media-stream=device-count=3,fps=30',
  // In a machine without a network gathering never ends otherwise.
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT}`,
  '--no-first-run',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

export function launchWithFakeMedia(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    args: ARGS,
    ignoreDefaultArgs: ['--mute-audio'],
  });
}

export async function openTab(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  // A video element without a picture yet (somebody who looks in) holds the load event back.
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return page;
}
