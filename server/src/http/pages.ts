import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { FeatureParts } from '../feature-parts.ts';
import type { App } from './app-type.ts';
import { sendRefusal } from './serve.ts';

interface PageParts {
  /** Holds `desk/` and `visit/` as Vite built them. */
  readonly pagesDir: string;
  /** What the session screen starts from, put into its page; null where this person may not see the session. */
  readonly bootstrapOf: (request: FastifyRequest, sessionId: SessionId) => Promise<unknown>;
}

const MARKER = '<!--bootstrap-->';
const compress = promisify(gzip);

/** Serves the built pages: the desk for every address of its own, the visit page for codes and sessions. */
export async function servePages(app: App, { log }: Pick<FeatureParts, 'log'>, parts: PageParts): Promise<void> {
  const read = (page: 'desk' | 'visit') =>
    readFile(join(parts.pagesDir, page, `${page}.html`), 'utf8').catch(() => {
      log.warn({ page }, 'this page has not been built');
      return null;
    });
  const pages = { desk: await read('desk'), visit: await read('visit') };
  // The visit page with the files of its screen named in the head: they are loaded with the entry, not after it.
  const visitWith = (screen: 'code' | 'session') =>
    readFile(join(parts.pagesDir, 'visit', `${screen}.html`), 'utf8').catch(() => pages.visit);
  const screens = { code: await visitWith('code'), session: await visitWith('session') };
  for (const page of ['desk', 'visit'] as const) {
    if (pages[page] === null) continue;
    // Names carry a hash of the content, so a browser may keep them for good.
    await app.register(fastifyStatic, {
      root: join(parts.pagesDir, page),
      prefix: `/${page}/`,
      decorateReply: false,
      preCompressed: true,
      immutable: true,
      maxAge: '365d',
      index: false,
    });
  }
  // At the top, where it may speak for the whole site; the browser looks for a newer one by itself.
  const worker = await readFile(join(parts.pagesDir, 'desk', 'push-worker.js'), 'utf8').catch(() => null);
  app.get('/push-worker.js', async (_request, reply) =>
    worker === null
      ? sendRefusal(reply, refused('not-found'))
      : reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(worker),
  );
  const visit = async (request: FastifyRequest, reply: FastifyReply) => sendPage(request, reply, screens.code, '');
  app.get('/c', visit);
  app.get('/c/:link', visit);
  /** Without the database the page comes all the same: it says what is wrong, and asks until there is an answer. */
  const bootstrapOf = (request: FastifyRequest, sessionId: SessionId) =>
    parts.bootstrapOf(request, sessionId).catch((error: unknown) => {
      request.log.error({ err: error }, 'a session page is sent without what it starts from');
      return null;
    });
  app.get('/s/:sessionId', async (request, reply) => {
    const named = z.object({ sessionId: SessionId }).safeParse(request.params);
    const bootstrap = named.success ? await bootstrapOf(request, named.data.sessionId) : null;
    // The page says itself that there is nothing to see: the answer to a missing and a foreign session is the same.
    return sendPage(request, reply, screens.session, bootstrap === null ? '' : bootstrapElement(bootstrap));
  });
  app.setNotFoundHandler(async (request, reply) => {
    const forPerson =
      request.method === 'GET' && !/^\/(api|socket|desk|visit)(\/|$)/.test(request.url.split('?')[0] ?? '');
    if (!forPerson) return sendRefusal(reply, refused('not-found'));
    return sendPage(request, reply, pages.desk, '');
  });
}

/** JSON inside an element that no browser executes; `<` is escaped so that no text can close it. */
const bootstrapElement = (bootstrap: unknown): string =>
  `<script type="application/json" id="bootstrap">${JSON.stringify(bootstrap).replaceAll('<', '\\u003c')}</script>`;

async function sendPage(request: FastifyRequest, reply: FastifyReply, page: string | null, bootstrap: string) {
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
  if (page === null) return reply.code(503).send('The pages are not built yet: run npm start.');
  const html = page.replace(MARKER, () => bootstrap);
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(html);
  return reply
    .header('content-encoding', 'gzip')
    .header('vary', 'accept-encoding')
    .send(await compress(html));
}
