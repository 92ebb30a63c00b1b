import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { closePool } from '#server/database/pool.ts';
import { cpuMs, residentMb } from '../lab/process.ts';
import { startProduct } from '../lab/product.ts';
import { median, printTable } from '../statistics.ts';
import { type ApiPerson, signIn } from './api-person.ts';

const ports = { http: 8180, https: 8543 };
const base = `http://127.0.0.1:${ports.http}`;
const SESSIONS = 30;
const ROUNDS = 3;
const ROUND_MS = 2_000;

/** (c) of the bench: the server's memory and CPU per session and join, and acknowledged messages beside the bare database. */
export async function benchServer(): Promise<void> {
  const product = await startProduct(ports);
  const pid = product.process.pid ?? 0;
  try {
    const expert = await signIn(base);
    await benchSessions(expert, pid);
    await benchMessages(expert, join(product.dataDir, 'postgres'));
  } finally {
    await product.close();
  }
}

async function benchSessions(expert: ApiPerson, pid: number): Promise<void> {
  const idleMb = residentMb(pid);
  const sockets: Socket[] = [];
  let joinCpuMs = 0;
  for (let index = 0; index < SESSIONS; index += 1) {
    const customer = await expert.invent(`Customer ${index}`);
    const ticket = await expert.ask('POST', '/api/tickets', { subject: `Load ${index}`, code: customer.codeId });
    const session = await expert.ask('POST', `/api/tickets/${ticket['id']}/sessions`, {});
    const before = cpuMs(pid);
    // What a page does: its HTML with the bootstrap, the join, a socket that attaches and follows.
    for (const person of [expert, customer.person]) {
      const tabId = randomUUID();
      await person.page(`/s/${session['id']}`);
      await person.ask('POST', `/api/sessions/${session['id']}/join`, { tabId });
      const socket = io(base, {
        path: '/socket',
        transports: ['websocket'],
        extraHeaders: { cookie: person.cookie() },
      });
      sockets.push(socket);
      await socket.emitWithAck('attach', { sessionId: session['id'], tabId });
      await socket.emitWithAck('follow', { streamId: session['id'], after: 0 });
    }
    joinCpuMs += cpuMs(pid) - before;
  }
  const liveMb = residentMb(pid);
  for (const socket of sockets) socket.close();
  console.log(`\nserver, ${SESSIONS} live sessions of two people each`);
  printTable(
    ['figure', 'value', 'aim'],
    [
      ['memory idle', `${idleMb.toFixed(0)} MB`, ''],
      ['memory per live session', `${((liveMb - idleMb) / SESSIONS).toFixed(2)} MB`, '0.3 MB'],
      ['CPU per join (page, join, socket)', `${(joinCpuMs / SESSIONS / 2).toFixed(1)} ms`, '20 ms'],
    ],
  );
}

/** Counts how often `once` finishes within a round, with so many callers that each start again when they are done. */
async function perSecond(callers: number, once: (caller: number) => Promise<unknown>): Promise<number> {
  const until = performance.now() + ROUND_MS;
  let done = 0;
  const call = async (caller: number) => {
    while (performance.now() < until) {
      await once(caller);
      done += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  return (done / (performance.now() - started)) * 1000;
}

async function benchMessages(expert: ApiPerson, socketDir: string): Promise<void> {
  const rows: string[][] = [];
  const pool = new pg.Pool({ host: socketDir, user: 'sightglass', database: 'postgres', max: 20 });
  // Idle while the product's own rounds run: without a listener a database that stops ends the bench without a reason.
  pool.on('error', (error) => console.error(`the bench's connection to the database was lost: ${error.message}`));
  await pool.query('create table if not exists bench_floor (id uuid primary key, body jsonb)');
  try {
    for (const writers of [1, 20, 200]) {
      const tickets = await Promise.all(
        Array.from({ length: writers }, (_, index) =>
          expert.ask('POST', '/api/tickets', { subject: `Writer ${index}` }),
        ),
      );
      const floor: number[] = [];
      const ours: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        floor.push(
          await perSecond(writers, () =>
            pool.query('insert into bench_floor values ($1, $2)', [randomUUID(), { text: 'The belt squeaks.' }]),
          ),
        );
        ours.push(
          await perSecond(writers, (writer) =>
            expert.ask('POST', `/api/tickets/${tickets[writer]?.['id']}/messages`, { text: 'The belt squeaks.' }),
          ),
        );
      }
      const [floorRate, rate] = [median(floor), median(ours)];
      rows.push([String(writers), floorRate.toFixed(0), rate.toFixed(0), (floorRate / rate).toFixed(1)]);
    }
  } finally {
    await closePool(pool);
  }
  console.log(
    '\nMessenger messages per second, acknowledged from the database (every writer in a ticket of their own)',
  );
  printTable(['writers', 'bare insert, committed', 'messages', 'inserts per message'], rows);
}
