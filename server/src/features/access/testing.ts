import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import { sql } from 'drizzle-orm';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { pino } from 'pino';
import type * as z from 'zod/mini';
import type { Me } from '#contract/access/http.ts';
import { acceptInvitation, invite, type Role, setUp } from '#contract/access/http.ts';
import type { Route } from '#contract/route.ts';
import { folderStorage } from '../../adapters/storage/folder.ts';
import { parseConfig } from '../../config.ts';
import type { Database } from '../../database/pool.ts';
import type { App } from '../../http/app-type.ts';
import { answerErrors } from '../../http/errors.ts';
import { chosenLanguage } from '../../http/language.ts';
import { openJobs } from '../../jobs/jobs.ts';
import type { Mail } from '../../mail/mail.ts';
import { noMails } from '../../mail/testing.ts';
import type { Room } from '../../realtime/rooms.ts';
import { type Access, registerAccess } from './index.ts';
import { type Limits, usualLimits } from './throttle.ts';

const log = pino({ level: 'silent' });

interface AskParts<R extends Route> {
  readonly params?: z.input<R['params']>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

interface Answered<R extends Route> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly raw: string;
  /** Parsed by the route's reply; throws when the request was refused. */
  readonly reply: z.output<R['reply']>;
  /** The refusal's code and field; null when it was carried out. */
  readonly refusal: { code: string; field?: string; retryAfterSeconds?: number } | null;
}

/** One browser: keeps its cookies as browsers do. */
export interface Browser {
  readonly cookies: Map<string, string>;
  ask<R extends Route>(route: R, parts?: AskParts<R>): Promise<Answered<R>>;
}

export interface AccessServer {
  readonly app: App;
  readonly access: Access;
  readonly disconnected: Room[];
  /** What was sent, the oldest first. */
  readonly mails: Mail[];
  now: Date;
  browser(): Browser;
  /** Sets the organization up, in a browser that is then the admin's. */
  setUp(): Promise<{ browser: Browser; me: Me }>;
  /** Invites somebody and accepts, in a browser that is then theirs. */
  addMember(admin: Browser, name: string, role: Role): Promise<{ browser: Browser; me: Me }>;
  close(): Promise<void>;
}

export const password = 'correct horse battery';
export const uuid = (): string => crypto.randomUUID();

/** A server with this feature only, on an emptied database. */
export async function openAccessServer(database: Database, limits: Partial<Limits> = {}): Promise<AccessServer> {
  await database.execute(sql`truncate organization, member, code, device, stream, request cascade`);
  // Says by x-forwarded-proto that the browser came by https.
  const app: App = Fastify({ trustProxy: true });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(cookie);
  const ended = new AbortController();
  const disconnected: Room[] = [];
  const mails: Mail[] = [];
  const server = { now: new Date('2026-11-20T10:00:00.000Z') };
  const access = registerAccess(
    app,
    {
      config: parseConfig({}),
      database,
      log,
      clock: () => server.now,
      tell: () => undefined,
      jobs: openJobs({ database, log }),
      mails: { ...noMails, send: async (_change, mail) => void mails.push(mail) },
      sessionListeners: [],
      ticketListeners: [],
      storage: folderStorage(join(tmpdir(), 'sightglass-test-files')),
      disconnect: (room) => disconnected.push(room),
      empty: () => undefined,
      isHeard: () => false,
      phoneOrigin: () => 'https://192.0.2.1:8443',
      signal: ended.signal,
    },
    { ...usualLimits, ...limits },
  );
  app.decorate('actorOf', (request) =>
    access.actorOf(request.cookies, request.headers['sightglass-as'], chosenLanguage(request)),
  );
  await app.ready();
  const browser = () => openBrowser(app);
  return Object.assign(server, {
    app,
    access,
    disconnected,
    mails,
    browser,
    setUp: async () => {
      const admin = browser();
      const { reply } = await admin.ask(setUp, {
        params: { secret: await secretOf(access) },
        body: { requestId: uuid(), organization: 'Mill & Co', name: 'Ada', email: 'ada@example.org', password },
      });
      return { browser: admin, me: reply };
    },
    addMember: async (admin: Browser, name: string, role: Role) => {
      const email = `${name.toLowerCase()}@example.org`;
      const { link } = (await admin.ask(invite, { body: { requestId: uuid(), email, role } })).reply;
      const invited = browser();
      const { reply } = await invited.ask(acceptInvitation, {
        params: { secret: link.split('/').at(-1) ?? '' },
        body: { requestId: uuid(), name, password },
      });
      return { browser: invited, me: reply };
    },
    close: async () => {
      ended.abort();
      await app.close();
    },
  });
}

/** The secret of the printed set-up link. */
export const secretOf = async (access: Access): Promise<string> => (await access.setupPath())?.split('/')[2] ?? '';

function openBrowser(app: App): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    ask: async <R extends Route>(route: R, { params, query, body, headers, address }: AskParts<R> = {}) => {
      const values = new Map(Object.entries(params ?? {}));
      const response = await app.inject({
        method: route.method,
        url: route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(values.get(key)))),
        query: query ?? {},
        cookies: Object.fromEntries(cookies),
        headers: {
          'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/144.0',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        remoteAddress: address ?? '192.0.2.50',
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      for (const { name, value, expires } of response.cookies) {
        if (expires !== undefined && expires.getTime() === 0) cookies.delete(name);
        else cookies.set(name, value);
      }
      const refused = response.statusCode !== 200;
      return {
        status: response.statusCode,
        headers: response.headers,
        raw: response.payload,
        refusal: refused ? response.json().error : null,
        get reply(): z.output<R['reply']> {
          if (refused) throw new Error(`refused: ${response.payload}`);
          return route.reply.parse(response.json()) as z.output<R['reply']>;
        },
      };
    },
  };
}
