import type { Browser, BrowserContext, Page } from '@playwright/test';
import { demoLogin } from '../lab/product.ts';
import { pressJoin, probe } from './probe.ts';

/** Asks the product's API from inside a page, as the person whose cookies the page has. */
export async function ask(page: Page, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const init = {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify({ requestId: crypto.randomUUID(), ...body }) }),
      };
      const response = await fetch(path, init);
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    { method, path, body },
  );
}

export const launchFlags = [
  '--no-sandbox',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** A page that notes its first remote frame and presses Join by itself. */
export async function measuredPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(probe);
  await page.addInitScript(pressJoin);
  return page;
}

/** An expert signed in and a customer who has entered a code, with a ticket of that code. */
export async function gather(browsers: { a: Browser; b: Browser }, base: string) {
  const expert = await browsers.a.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1440, height: 900 } });
  const desk = await expert.newPage();
  await desk.goto(`${base}/healthz`);
  await ask(desk, 'POST', '/api/sign-in', demoLogin);
  const { codes } = (await ask(desk, 'GET', '/api/codes')) as { codes: { id: string; link: string }[] };
  const code = codes[0];
  if (code === undefined) throw new Error('the demo has no code');
  const { id: ticketId } = await ask(desk, 'POST', '/api/tickets', { subject: 'Measured', code: code.id });
  const customer = await browsers.b.newContext({ ignoreHTTPSErrors: true });
  const phone = await customer.newPage();
  await phone.goto(`${base}/healthz`);
  await ask(phone, 'POST', '/api/code/enter', { key: { link: code.link.split('/').at(-1) }, displayName: 'Measured' });
  const customerState = await customer.storageState();
  await customer.close();
  return { expert, desk, ticketId: String(ticketId), customerState };
}
