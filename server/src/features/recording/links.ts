import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import { RecordingFileQuery, recordingFilePath } from '#contract/recording/http.ts';
import { RecordingId } from '#contract/recording/ids.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import { type Actor, actorKey, type KnownActor } from '#core/access/actor.ts';
import type { Database } from '../../database/pool.ts';
import type { App } from '../../http/app-type.ts';
import { sendFile } from '../../http/send-file.ts';
import { sendRefusal } from '../../http/serve.ts';
import { findSession, type SentFiles } from '../session/index.ts';
import { fileKeyOf } from './erase.ts';
import { mayWatch } from './policy.ts';
import type { RecordingParts } from './recording-parts.ts';
import { findRecording, type RecordingRow } from './store.ts';
import { recordingSecret } from './tables.ts';

/** The recording's row, if it has a file and this person may watch it. */
async function findWatchable(database: Database, actor: Actor, id: RecordingId): Promise<RecordingRow | null> {
  const row = await findRecording(database, id);
  if (row?.state !== 'ready') return null;
  const session = await findSession(database, SessionId.parse(row.sessionId));
  return session !== null && mayWatch(actor, session) ? row : null;
}

/** What links are signed with: made once, by whichever server is first, and kept, so that links outlive a restart. */
async function readSecret(database: Database): Promise<string> {
  const find = () => database.select().from(recordingSecret).where(eq(recordingSecret.id, 1));
  const [earlier] = await find();
  if (earlier !== undefined) return earlier.secret;
  const secret = randomBytes(32).toString('base64url');
  await database.insert(recordingSecret).values({ id: 1, secret }).onConflictDoNothing();
  const [row] = await find();
  return row?.secret ?? secret;
}

async function signatureOf(database: Database, id: RecordingId, person: string, until: number): Promise<Buffer> {
  const secret = await readSecret(database);
  return createHmac('sha256', secret).update(`${id} ${person} ${until}`).digest();
}

/** A link for whoever may watch the recording: for this person, for some minutes. */
export async function linkTo(
  { database, clock }: RecordingParts,
  actor: KnownActor,
  id: RecordingId,
): Promise<Outcome<{ watch: string; download: string; until: string }>> {
  if ((await findWatchable(database, actor, id)) === null) return refused('not-found');
  const person = actorKey(actor);
  const until = clock().getTime() + recordingLimits.linkMs;
  const query = new URLSearchParams({
    person,
    until: String(until),
    signature: (await signatureOf(database, id, person, until)).toString('base64url'),
    // A player sends no header that says so.
    ...(actor.kind === 'codeUser' ? { as: 'code' } : {}),
  });
  const watch = `${recordingFilePath.replace(':recordingId', id)}?${query}`;
  return accepted({ watch, download: `${watch}&download=1`, until: new Date(until).toISOString() });
}

/**
 * Serves the files behind links, whole or in ranges. Whoever brings one must be the person it was made for and still be
 * allowed to watch, at every request; everything else is not found.
 */
export function serveRecordingFiles(app: App, parts: RecordingParts, sentFiles: SentFiles): void {
  const { database, storage, clock } = parts;
  app.get<{ Params: { recordingId: string } }>(recordingFilePath, async (request, reply) => {
    const id = RecordingId.safeParse(request.params.recordingId);
    const query = RecordingFileQuery.safeParse(request.query);
    const actor = await app.actorOf(request);
    if (!id.success || !query.success || actor.kind === 'nobody') return sendRefusal(reply, refused('not-found'));
    const { person, until, signature, download } = query.data;
    const signed = await signatureOf(database, id.data, person, until);
    const brought = Buffer.from(signature, 'base64url');
    const isGood = brought.length === signed.length && timingSafeEqual(brought, signed);
    const isTheirs = person === actorKey(actor) && until > clock().getTime();
    const found = isGood && isTheirs ? await findRecording(database, id.data) : null;
    if (found === null) return sendRefusal(reply, refused('not-found'));
    const mayStill = async () => (await findWatchable(database, await app.actorOf(request), found.id)) !== null;
    const sent = sentFiles.begin(SessionId.parse(found.sessionId), reply.raw, mayStill);
    const row = await findWatchable(database, actor, found.id);
    const size = row === null ? null : await storage.size(fileKeyOf(row));
    if (row === null || size === null || !sent.mayGo()) return sendRefusal(reply, refused('not-found'));
    const name = `recording-${row.startedAt.toISOString().slice(0, 16).replace(':', '')}.${row.type?.split('/')[1] ?? 'mp4'}`;
    return sendFile(request, reply, {
      size,
      type: row.type ?? 'video/mp4',
      read: (range) => storage.read(fileKeyOf(row), range),
      saveAs: download === undefined ? null : name,
    });
  });
}
