import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { mailDelivery } from './adapters/mail/by-config.ts';
import { postPush } from './adapters/push/https.ts';
import { folderStorage } from './adapters/storage/folder.ts';
import { addressForMyself, addressForOthers, hostNames, lanAddresses, originAt } from './announce/addresses.ts';
import { type Certificate, keepCertificate } from './announce/certificate.ts';
import { type DemoNews, newsLines } from './announce/print.ts';
import { buildApp } from './app.ts';
import { parseArguments } from './boot/arguments.ts';
import { CannotStart } from './boot/cannot-start.ts';
import { Closing } from './boot/closing.ts';
import { openDataFolder } from './boot/data-folder.ts';
import { type Listeners, openPorts } from './boot/listen.ts';
import { openLog } from './boot/log.ts';
import { say, step } from './boot/progress.ts';
import { lockDataFolder } from './boot/server-lock.ts';
import { logFaults, stopSignal } from './boot/stop-signal.ts';
import { type Config, parseConfig } from './config.ts';
import { startEmbeddedPostgres } from './database/embedded.ts';
import { checkExternalDatabase } from './database/external.ts';
import { migrate } from './database/migrate.ts';
import { closePool, type Database, openDatabase } from './database/pool.ts';
import { keepPruned, pruneRequests } from './database/prune.ts';
import { fillDemo } from './demo/fill.ts';
import { pruneAccess } from './features/access/index.ts';

const pagesDir = fileURLToPath(new URL('../../dist', import.meta.url));
const clock = (): Date => new Date();

/** Runs the server until it is told to stop, then closes everything and ends the process. */
export async function main(words: readonly string[]): Promise<void> {
  const { signal, stop } = stopSignal();
  const closing = new Closing();
  let exitCode = 0;
  try {
    await start(signal, stop, closing, words);
    await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
    say('\n  Stopping …');
  } catch (error) {
    // A start that was interrupted fails somewhere on its way; that is no failure.
    if (!signal.aborted) {
      exitCode = 1;
      const text = error instanceof CannotStart ? error.message : error instanceof Error ? error.stack : String(error);
      process.stderr.write(`\n${text}\n`);
    }
  }
  if (signal.reason === 'fault') exitCode = 1;
  const failures = await closing.run();
  for (const failure of failures) process.stderr.write(`${failure instanceof Error ? failure.stack : failure}\n`);
  if (exitCode === 0) say('  Stopped.');
  process.exit(exitCode);
}

async function start(signal: AbortSignal, stop: () => void, closing: Closing, words: readonly string[]): Promise<void> {
  const { demo } = parseArguments(words);
  const config = parseConfig(process.env);
  await openDataFolder(config.dataDir);
  const lock = await lockDataFolder(config.dataDir);
  closing.add(lock.release);
  const log = openLog(config.logLevel);
  logFaults(log, stop);

  const listeners = await openPorts(config, await certificateFor(config));
  closing.add(listeners.close);
  const local = originAt('http', addressForMyself(config.host), listeners.port);
  await lock.addressIs(local);
  const phoneOrigin = (): string => config.publicUrl ?? networkOrigin(config, listeners) ?? local;

  const database = await openStore(signal, config, log, closing);
  await step(
    'Tables',
    () => migrate(database),
    (applied) => (applied === 0 ? 'up to date' : `${applied} ${applied === 1 ? 'migration' : 'migrations'} applied`),
  );
  signal.throwIfAborted();
  const storage = folderStorage(join(config.dataDir, 'files'));
  const parts = {
    config,
    database,
    log,
    pagesDir,
    clock,
    phoneOrigin,
    storage,
    mailDelivery: mailDelivery(config),
    postPush,
  };
  const demoNews = demo ? await step('Demo', () => fillDemo(parts), wordsOfDemo) : null;
  const app = await buildApp(signal, parts);
  const prunes = [pruneRequests, pruneAccess];
  keepPruned(signal, parts, prunes, (error) => log.warn({ err: error }, 'old rows could not be pruned'));
  closing.add(app.close);
  for (const server of listeners.servers) app.attach(server);
  listeners.serve(app.handler);
  followNetwork(signal, config, listeners, log);

  const setupPath = await app.setupPath();
  const news = {
    local,
    phone: config.publicUrl ?? networkOrigin(config, listeners),
    selfSigned: config.publicUrl === null,
    setup: setupPath === null ? null : (config.publicUrl ?? local) + setupPath,
    demo: demoNews,
  };
  for (const line of await newsLines(news, process.stdout.isTTY)) say(line);
  log.info({ port: listeners.port, httpsPort: listeners.httpsPort, demo }, 'ready');
}

const wordsOfDemo = (news: DemoNews | null): string =>
  news === null ? 'left alone, this database is not empty' : 'an organization with tickets was made';

/** The operator's database, or the embedded one, which is then stopped in the end. */
async function openStore(signal: AbortSignal, config: Config, log: Logger, closing: Closing): Promise<Database> {
  const { databaseUrl, dataDir } = config;
  let database: Database;
  if (databaseUrl !== null) {
    await step(
      'Database',
      () => checkExternalDatabase(databaseUrl),
      () => 'by DATABASE_URL',
    );
    database = openDatabase({ connectionString: databaseUrl }, log);
  } else {
    // Only the folder that nobody chose may be kept elsewhere.
    const mayMove = (process.env['DATA_DIR'] ?? '') === '';
    const postgres = await step(
      'Database',
      () => startEmbeddedPostgres(signal, { dataDir, mayMove, log }),
      ({ adopted, fresh, folder }) =>
        `${fresh ? 'made' : adopted ? 'still running from before, taken over' : 'started'} in ${folder}`,
    );
    closing.add(postgres.stop);
    database = openDatabase(postgres.connection, log);
  }
  closing.add(() => closePool(database.$client));
  return database;
}

async function certificateFor(config: Config): Promise<Certificate | null> {
  if (config.httpsPort === null) return null;
  return keepCertificate(config.dataDir, hostNames(), lanAddresses(), clock());
}

function networkOrigin(config: Config, listeners: Listeners): string | null {
  const host = addressForOthers(config.host);
  return host === null || listeners.httpsPort === null ? null : originAt('https', host, listeners.httpsPort);
}

/** A laptop that moves to another network gets a certificate for its new address. */
function followNetwork(signal: AbortSignal, config: Config, listeners: Listeners, log: Logger): void {
  const timer = setInterval(() => {
    certificateFor(config).then(
      (certificate) => (certificate === null ? undefined : listeners.certify(certificate)),
      (error: unknown) => log.warn({ err: error }, 'the certificate for phones could not be kept'),
    );
  }, 60_000).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
