import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childrenOf, postmasterOf, residentMb, startUntil, stop, threadsCpuMs } from '../lab/process.ts';
import { startProduct } from '../lab/product.ts';
import { median, printTable, spread } from '../statistics.ts';
import { type ApiPerson, signIn } from './api-person.ts';

const ports = { http: 8182, https: 8545 };
const base = `http://127.0.0.1:${ports.http}`;
const FLOOR = fileURLToPath(new URL('./append-floor.ts', import.meta.url));
const AT_ONCE = [1, 10, 30];
const ROUNDS = 5;
const ROUND_MS = 10_000;
/** As the recorder sends (web/src/features/recording/engine): a piece at each key frame, 2.56 Mbit/s of picture and sound. */
const PIECE_MS = 600;
const piece = randomBytes((2_564_000 / 8) * (PIECE_MS / 1000));
/** One person may have so many uploads under way, less than the product's limit. */
const PER_PERSON = 10;

/** Sends the next piece of one recording; rejects unless it was taken. */
type Sender = () => Promise<void>;

/** Server CPU and memory per recording under way, beside a bare server that appends the same bytes to files. `--rounds=N`. */
export async function benchRecordingServer(words: readonly string[]): Promise<void> {
  const rounds = Number(words.find((word) => word.startsWith('--rounds='))?.slice(9) ?? ROUNDS);
  const product = await startProduct(ports);
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-floor-'));
  const { process: floor, match } = await startUntil([process.execPath, FLOOR, folder], {}, /appends at (\d+)/);
  try {
    const pids = { floor: floor.pid ?? 0, ours: product.process.pid ?? 0 };
    const postmaster = postmasterOf(join(product.dataDir, 'postgres'));
    const rows: string[][] = [];
    const admin = await signIn(base);
    for (const many of AT_ONCE) {
      const ours = await openRecordings(admin, many);
      const bare = ours.map((_, at) => sendTo(`http://127.0.0.1:${match[1]}`, () => `/${many}-${at}`, {}));
      const used: { floor: number[]; ours: number[]; database: number[]; ratio: number[] } = {
        floor: [],
        ours: [],
        database: [],
        ratio: [],
      };
      const memory: { floor: number; ours: number } = { floor: 0, ours: 0 };
      for (let round = 0; round < rounds; round += 1) {
        // Both at the same time: what else the machine does is the same for both, and no recording falls silent.
        const [one, two] = await Promise.all([
          measure(bare, pids.floor, []),
          measure(ours, pids.ours, childrenOf(postmaster)),
        ]);
        used.floor.push(one.cpu / many);
        used.ours.push(two.cpu / many);
        used.database.push(two.others / many);
        used.ratio.push(two.cpu / one.cpu);
        memory.floor = Math.max(memory.floor, one.mb);
        memory.ours = Math.max(memory.ours, two.mb);
      }
      rows.push([
        String(many),
        spread(used.floor, 2),
        spread(used.ours, 2),
        spread(used.database, 2),
        `${spread(used.ratio, 1)} x`,
        memory.floor.toFixed(0),
        memory.ours.toFixed(0),
      ]);
      console.log(`${many} at once: ${median(used.ours).toFixed(2)} % of a core each`);
    }
    console.log(
      `\nrecordings under way, ${(piece.length / PIECE_MS) * 8 * 0.001} Mbit/s each, ${rounds} rounds of ${ROUND_MS / 1000} s`,
    );
    printTable(['at once', 'floor %', 'server %', 'database %', 'server / floor', 'floor MB', 'server MB'], rows);
    console.log('%: of one core per recording. MB: of the whole process, the most there was.');
  } finally {
    await stop(floor);
    await product.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sends from all at real pace for a round; shares of a core in percent, and the process's memory. */
async function measure(
  senders: readonly Sender[],
  pid: number,
  others: readonly number[],
): Promise<{ cpu: number; others: number; mb: number }> {
  const begun = performance.now();
  const [server, beside] = [meter([pid]), meter(others)];
  await Promise.all(senders.map((send, at) => pace(send, begun + (at * PIECE_MS) / senders.length)));
  const tookMs = performance.now() - begun;
  return { cpu: (100 * server()) / tookMs, others: (100 * beside()) / tookMs, mb: residentMb(pid) };
}

/** CPU of these processes from now on, ms; one that ends meanwhile, as helpers of the database do, does not count. */
function meter(pids: readonly number[]): () => number {
  const before = pids.map(threadsCpuMs);
  return () =>
    pids
      .map((pid, at) => (threadsCpuMs(pid) ?? before[at] ?? 0) - (before[at] ?? 0))
      .reduce((all, one) => all + one, 0);
}

/** One piece after the other, each at its time. */
async function pace(send: Sender, begin: number): Promise<void> {
  for (let due = begin; due < begin + ROUND_MS; due += PIECE_MS) {
    const left = due - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    await send();
  }
}

/** Sends pieces by PATCH on a connection of its own. */
function sendTo(origin: string, path: () => string, headers: Readonly<Record<string, string>>): Sender {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let offset = 0;
  return () =>
    new Promise((resolve, reject) => {
      const said = { ...headers, 'upload-offset': String(offset), 'content-length': String(piece.length) };
      const request = http.request(origin + path(), { method: 'PATCH', agent, headers: said });
      request.once('error', reject);
      request.once('response', (answer) => {
        offset += piece.length;
        answer.resume().once('end', resolve);
        if (answer.statusCode !== 204) reject(new Error(`a piece was answered ${answer.statusCode}`));
      });
      request.end(piece);
    });
}

/** So many sessions, each recorded by an admin who is alone in it. */
async function openRecordings(admin: ApiPerson, many: number): Promise<Sender[]> {
  const senders: Sender[] = [];
  let person = admin;
  for (let at = 0; at < many; at += 1) {
    if (at % PER_PERSON === 0) person = await admin.employ(`Recorder ${many} ${at}`, 'admin');
    const ticket = await person.ask('POST', '/api/tickets', { subject: `Recorded ${at}` });
    const session = `/api/sessions/${(await person.ask('POST', `/api/tickets/${ticket['id']}/sessions`, {}))['id']}`;
    const [tabId, recordingId, partId] = [randomUUID(), randomUUID(), randomUUID()];
    await person.ask('POST', `${session}/join`, { tabId });
    const wording = { version: 1, language: 'en' };
    await person.ask('POST', `${session}/recordings`, { recordingId, wording });
    await person.ask('POST', `${session}/recordings/${recordingId}/parts`, { partId, tabId, type: 'video/mp4' });
    const upload = await makeUpload(person, session.split('/').at(-1) ?? '', partId);
    senders.push(
      sendTo(base, () => upload, {
        cookie: person.cookie(),
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
      }),
    );
  }
  return senders;
}

async function makeUpload(person: ApiPerson, sessionId: string, partId: string): Promise<string> {
  const metadata = Object.entries({ purpose: 'recording', sessionId, partId })
    .map(([name, value]) => `${name} ${btoa(value)}`)
    .join(',');
  const headers = {
    cookie: person.cookie(),
    'tus-resumable': '1.0.0',
    'upload-defer-length': '1',
    'upload-metadata': metadata,
  };
  const answer = await fetch(`${base}/api/uploads`, { method: 'POST', headers });
  const path = answer.headers.get('location');
  if (path === null) throw new Error(`an upload was answered ${answer.status} ${await answer.text()}`);
  return path;
}
