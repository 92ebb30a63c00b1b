import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { pino } from 'pino';
import { DeviceId, SessionId } from '#contract/ids.ts';
import type { CodeUserActor } from '#core/access/actor.ts';
import { folderStorage } from '../../adapters/storage/folder.ts';
import { parseConfig } from '../../config.ts';
import type { Database } from '../../database/pool.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { openJobs } from '../../jobs/jobs.ts';
import { noMails } from '../../mail/testing.ts';
import { stream } from '../../stream/tables.ts';
import { watchSentFiles } from '../session/sent-files.ts';
import { session } from '../session/tables.ts';
import { type Files, registerFiles } from './index.ts';

/** A server that takes files in and does nothing else; who asks stands in a header. */
export interface FilesServer {
  readonly origin: string;
  readonly files: Files;
  readonly parts: FeatureParts;
  /** Files in the uploads' folder. */
  readonly uploads: string;
  now: Date;
  /** Everything that was logged as an error. */
  readonly faults: string[];
  close(): Promise<void>;
}

export const somebody = (name: string): CodeUserActor => ({
  kind: 'codeUser',
  deviceId: DeviceId.parse(randomUUID()),
  name,
  codeIds: [],
});

export async function openFilesServer(database: Database, people: readonly CodeUserActor[]): Promise<FilesServer> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-uploads-'));
  const faults: string[] = [];
  const log = pino({ level: 'error', base: null }, { write: (line) => faults.push(line) });
  const app: App = Fastify({ forceCloseConnections: true });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorate(
    'actorOf',
    async ({ headers }) => people.find(({ name }) => name === headers['who']) ?? { kind: 'nobody' },
  );
  const ended = new AbortController();
  const server = { now: new Date('2031-03-04T08:00:00.000Z') };
  const parts: FeatureParts = {
    config: parseConfig({ DATA_DIR: folder }),
    database,
    log,
    clock: () => server.now,
    tell: () => undefined,
    sessionListeners: [],
    ticketListeners: [],
    disconnect: () => undefined,
    empty: () => undefined,
    isHeard: () => false,
    storage: folderStorage(join(folder, 'files')),
    jobs: openJobs({ database, log }),
    mails: noMails,
    phoneOrigin: () => 'https://192.0.2.1:8443',
    signal: ended.signal,
  };
  const files = registerFiles(app, parts, { onErase: () => undefined, sentFiles: watchSentFiles() });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return Object.assign(server, {
    origin: `http://127.0.0.1:${port}`,
    files,
    parts,
    uploads: join(folder, 'uploads'),
    faults,
    close: async () => {
      ended.abort();
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

/** A session with nothing to it but its id. */
export async function bareSession(database: Database): Promise<SessionId> {
  const id = SessionId.parse(randomUUID());
  await database.insert(stream).values({ id, kind: 'session' });
  const createdBy = { kind: 'system' };
  await database
    .insert(session)
    .values({ id, subject: 'x', origin: 'ticket', status: 'live', createdBy, createdAt: new Date() });
  return id;
}
