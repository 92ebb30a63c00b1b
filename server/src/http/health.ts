import { sql } from 'drizzle-orm';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { refused } from '#contract/errors.ts';
import type { FeatureParts } from '../feature-parts.ts';
import type { App } from './app-type.ts';
import { sendRefusal } from './serve.ts';

/** `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: figures, for who has the token. */
export function serveHealth(app: App, { database, config }: FeatureParts): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await database.execute(sql`select 1`);
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'not-ready', because: 'the database does not answer' });
    }
  });
  const token = config.metricsToken;
  if (token === null) return;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  app.get('/metrics', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${token}`) return sendRefusal(reply, refused('not-found'));
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
