import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { servePages } from './pages.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function pages(bootstrapOf: () => Promise<unknown>) {
  const pagesDir = await mkdtemp(join(tmpdir(), 'sightglass-pages-'));
  for (const page of ['desk', 'visit']) {
    await mkdir(join(pagesDir, page));
    await writeFile(join(pagesDir, page, `${page}.html`), `<!doctype html><title>${page}</title><!--bootstrap-->`);
  }
  const log = pino({ level: 'silent' });
  const app = Fastify({ loggerInstance: log as FastifyBaseLogger });
  await servePages(app, { log }, { pagesDir, bootstrapOf });
  ends.push(async () => {
    await app.close();
    await rm(pagesDir, { recursive: true });
  });
  return app;
}

const address = '/s/3f2504e0-4f89-41d3-9a0c-0305e82c3301';

test('the session page carries what it starts from, and no text in it can end the element', async () => {
  const app = await pages(async () => ({ subject: '</script><script>alert(1)</script>' }));
  const { statusCode, body } = await app.inject(address);
  expect([statusCode, body.match(/<\/script>/g)?.length]).toEqual([200, 1]);
});

test('without the database the session page comes all the same, and asks by itself', async () => {
  const app = await pages(() => Promise.reject(new Error('Connection terminated')));
  const { statusCode, body, headers } = await app.inject(address);
  expect([statusCode, body]).toEqual([200, '<!doctype html><title>visit</title>']);
  expect(headers['content-type']).toContain('text/html');
});
