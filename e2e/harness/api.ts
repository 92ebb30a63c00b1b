import { randomUUID } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import * as z from 'zod/mini';
import type { Route } from '#contract/route.ts';

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Asks the server as the person of this browser, past its pages: for what a test needs and is not about. */
export async function askAs<R extends Route>(
  context: BrowserContext,
  origin: string,
  route: R,
  { params = {}, query = {}, body = {} }: Parts = {},
): Promise<z.output<R['reply']>> {
  const path = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const words = new URLSearchParams(query).toString();
  const answer = await context.request.fetch(origin + path + (words === '' ? '' : `?${words}`), {
    method: route.method,
    ...(route.method === 'GET' ? {} : { data: { requestId: randomUUID(), ...body } }),
  });
  if (!answer.ok()) throw new Error(`${route.method} ${path} was answered ${answer.status()} ${await answer.text()}`);
  return z.parse<R['reply']>(route.reply, await answer.json());
}
