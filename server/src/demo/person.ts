import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Route } from '#contract/route.ts';
import type { App } from '../http/app-type.ts';

interface Asked<R extends Route> {
  readonly params?: z.input<R['params']>;
  readonly body?: Record<string, unknown>;
}

/** Somebody of the demo's story, who asks the server by its own routes as a browser would. */
export interface DemoPerson {
  ask<R extends Route>(route: R, asked: Asked<R>): Promise<z.output<R['reply']>>;
}

/** A browser without cookies; it keeps what it is given. Every body gets a request id of its own. */
export function newPerson(app: App): DemoPerson {
  const cookies: Record<string, string> = {};
  return {
    async ask<R extends Route>(route: R, { params, body }: Asked<R>) {
      const url = Object.entries(params ?? {}).reduce(
        (path, [name, value]) => path.replace(`:${name}`, encodeURIComponent(String(value))),
        route.path,
      );
      const response = await app.inject({
        method: route.method,
        url,
        cookies,
        ...(body === undefined ? {} : { payload: { requestId: randomUUID(), ...body } }),
      });
      if (response.statusCode !== 200) throw new Error(`demo: ${route.method} ${url} gave ${response.body}`);
      for (const cookie of response.cookies) cookies[cookie.name] = cookie.value;
      return z.parse<R['reply']>(route.reply, response.json());
    },
  };
}
