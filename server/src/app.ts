import type { Server as HttpServer, RequestListener } from 'node:http';
import http from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { refused } from '#contract/errors.ts';
import { limits } from '#contract/limits.ts';
import type { Actor } from '#core/access/actor.ts';
import { addressGroup } from '#core/access/address-group.ts';
import type { Config } from './config.ts';
import type { Database } from './database/pool.ts';
import type { FeatureParts } from './feature-parts.ts';
import { registerAccess } from './features/access/index.ts';
import { registerAnnotation } from './features/annotation/index.ts';
import { registerCall } from './features/call/index.ts';
import { type DirectCalls, registerDirectCall } from './features/direct-call/index.ts';
import { registerFiles } from './features/file/index.ts';
import { registerNotifications } from './features/notification/index.ts';
import { registerRecording } from './features/recording/index.ts';
import { registerReport } from './features/report/index.ts';
import { registerRequests } from './features/request/index.ts';
import { registerSession } from './features/session/index.ts';
import { registerTicket } from './features/ticket/index.ts';
import type { App } from './http/app-type.ts';
import { clientAddress, trustOf } from './http/client-address.ts';
import { answerErrors } from './http/errors.ts';
import { serveHealth } from './http/health.ts';
import { chosenLanguage } from './http/language.ts';
import { servePages } from './http/pages.ts';
import { isOwnOrigin, refuseOtherOrigins } from './http/same-origin.ts';
import { contentPolicy } from './http/security-headers.ts';
import { sendRefusal } from './http/serve.ts';
import { openJobs } from './jobs/jobs.ts';
import { openMails } from './mail/mails.ts';
import type { MailDelivery } from './ports/mail-delivery.ts';
import type { PostPush } from './ports/push-post.ts';
import type { FileStorage } from './ports/storage.ts';
import { codeUsersOf, desks, deviceRoom, loginRoom, memberRoom, type Room } from './realtime/rooms.ts';
import { type Gate, openRealtime, type RealtimeParts } from './realtime/socket.ts';
import { openStreams } from './stream/follow.ts';

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly log: Logger;
  /** The folder with the built pages: `desk/` and `visit/`. */
  readonly pagesDir: string;
  readonly clock: () => Date;
  readonly storage: FileStorage;
  readonly mailDelivery: MailDelivery;
  readonly postPush: PostPush;
  readonly phoneOrigin: () => string;
}

/** The server without its listeners: what main.ts puts behind an http and an https port. */
export interface BuiltApp {
  readonly handler: RequestListener;
  /** Lets browsers open sockets through this listener too. */
  attach(server: HttpServer | HttpsServer): void;
  /** The path of the one-time set-up page; null once the organization exists. */
  setupPath(): Promise<string | null>;
  readonly app: App;
  close(): Promise<void>;
}

/** Puts the features together over one database. Ends with the signal, or by `close`, which waits for what is under way. */
export async function buildApp(signal: AbortSignal, parts: AppParts): Promise<BuiltApp> {
  const ended = new AbortController();
  const lifetime = AbortSignal.any([signal, ended.signal]);
  const trusted = parts.config.trustProxy;
  const trusts = trustOf(trusted);
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const app: App = Fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trusted === false ? false : trusts,
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: true,
    // An address that can't be read, or with a part beyond all length, names nothing.
    frameworkErrors: (_error, _request, reply) => sendRefusal(reply, refused('not-found')),
    // main.ts listens, on http and https; Fastify only handles.
    serverFactory: (fastifyHandler) => {
      handler = fastifyHandler;
      return http.createServer();
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(cookie);
  await app.register(helmet, contentPolicy);
  await app.register(rateLimit, { max: parts.config.requestsPerMinute, timeWindow: '1 minute' });
  const { publicUrl } = parts.config;
  refuseOtherOrigins(app, publicUrl);

  let realtimeParts: RealtimeParts | null = null;
  const gate: Gate = {
    isOwnPage: ({ origin, host }) => isOwnOrigin(origin, host, publicUrl),
    addressOf: (request) => addressGroup(clientAddress(request, trusts)),
    socketsPerAddress: parts.config.socketsPerAddress,
  };
  const realtime = openRealtime(gate, () => {
    if (realtimeParts === null) throw new Error('a socket came before the server was put together');
    return realtimeParts;
  });
  const jobs = openJobs(parts);
  const featureParts = {
    ...parts,
    jobs,
    mails: openMails({ ...parts, jobs, delivery: parts.mailDelivery, signal: lifetime }),
    tell: realtime.tell,
    disconnect: realtime.disconnect,
    empty: realtime.empty,
    isHeard: realtime.isHeard,
    sessionListeners: [],
    ticketListeners: [],
    signal: lifetime,
  } satisfies FeatureParts;
  const access = registerAccess(app, featureParts);
  app.decorate('actorOf', (request) =>
    access.actorOf(
      request.cookies,
      request.headers['sightglass-as'] ?? asOfQuery(request.query),
      chosenLanguage(request),
    ),
  );
  const tickets = registerTicket(app, featureParts);
  access.countOpenTicketsBy(tickets.countOpen);
  const sessions = await registerSession(app, featureParts);
  registerAnnotation(app, featureParts, sessions);
  const files = registerFiles(app, featureParts, sessions);
  await registerRecording(app, featureParts, files, sessions);
  registerRequests(app, featureParts, sessions, tickets);
  const directCalls = registerDirectCall(app, featureParts, sessions);
  const calls = registerCall(app, featureParts, sessions);
  registerReport(app, featureParts);
  registerNotifications(app, featureParts, sessions, tickets);
  const streams = openStreams(featureParts, { ticket: tickets.mayHear, session: sessions.mayHear });
  realtimeParts = {
    log: parts.log,
    actorOf: ({ cookie: header, as }) => access.actorOf(app.parseCookie(header ?? ''), as),
    roomsOf,
    answers: { ...streams, watch: watchLists(directCalls), active: directCalls.active, attach: sessions.attach },
  };
  serveHealth(app, featureParts);
  await servePages(app, featureParts, { pagesDir: parts.pagesDir, bootstrapOf: calls.bootstrapOf });
  await app.ready();
  jobs.start();
  return {
    handler: (request, response) => handler(request, response),
    attach: realtime.attach,
    setupPath: access.setupPath,
    app,
    close: async () => {
      ended.abort();
      await jobs.stop();
      await realtime.close();
      await app.close();
    },
  };
}

/** A page opened by a link can't set a header: `?as=code` says the same. */
function asOfQuery(query: unknown): string | undefined {
  if (typeof query !== 'object' || query === null || !('as' in query)) return undefined;
  return typeof query.as === 'string' ? query.as : undefined;
}

/** Rooms that a socket is in from its start: to be found when its login or device loses access, and for what is told to one member. */
function roomsOf(actor: Actor): readonly Room[] {
  if (actor.kind === 'member') return [loginRoom(actor.loginId), memberRoom(actor.id)];
  if (actor.kind === 'codeUser') return [deviceRoom(actor.deviceId)];
  return [];
}

const watchLists =
  (directCalls: DirectCalls): RealtimeParts['answers']['watch'] =>
  async (listener) => {
    const actor = await listener.actor();
    if (actor.kind === 'nobody') return { ok: false, code: 'not-signed-in' };
    const rooms = actor.kind === 'member' ? [desks] : actor.codeIds.map(codeUsersOf);
    for (const room of rooms) await listener.join(room);
    if (actor.kind === 'member') await directCalls.pageOpened(listener);
    return { ok: true, value: {} };
  };
