import { and, eq, isNull } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { UploadId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import type { RecordingPartId } from '#contract/recording/ids.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import { RecordingUpload } from '#contract/recording/upload.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { isUnderWay, type RecordingFacts, type RecordingsLog, withoutYes } from '#core/recording/index.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { transact } from '../../database/transact.ts';
import {
  findOwnParticipant,
  findParticipant,
  findSession,
  type ParticipantRow,
  personOfParticipant,
} from '../session/index.ts';
import { maySend, mayWatch } from './policy.ts';
import type { RecordingParts } from './recording-parts.ts';
import { logRecording } from './step.ts';
import { findLastPart, findPart, findRecording, inLog, type PartRow, readRecordings } from './store.ts';
import { recordingPart } from './tables.ts';

interface Meta {
  readonly sessionId: SessionId;
  readonly partId: RecordingPartId;
}

/** A part of a session's recording, as the one who sends it sees it. */
interface Sending {
  readonly part: PartRow;
  readonly own: ParticipantRow;
  readonly facts: RecordingFacts;
  readonly log: RecordingsLog;
}

/**
 * Takes the bytes of recordings in, as long as everybody whose picture and voice could be in them has agreed: an upload is
 * only made for a part that was begun, and every request is asked about anew.
 */
export function receiveParts(parts: RecordingParts): void {
  const { database, files } = parts;
  files.takePurpose<Meta & { purpose: 'recording' }>({
    name: 'recording',
    metadata: RecordingUpload,
    mostBytes: () => recordingLimits.partBytes,
    mostBytesAtOnce: recordingLimits.patchBytes,
    mostMsAtOnce: recordingLimits.patchMs,
    mayCreate: async (change, actor, meta, uploadId) => {
      const sending = await findSending(change.sql, actor, meta);
      if (!sending.ok) return sending;
      const may = maySendNow(sending.value, change.now);
      if (!may.ok) return may;
      const taken = await change.sql
        .update(recordingPart)
        .set({ uploadId })
        .where(and(eq(recordingPart.id, meta.partId), isNull(recordingPart.uploadId)))
        .returning({ id: recordingPart.id });
      return taken.length === 0 ? refused('not-in-this-state') : accepted(null);
    },
    mayWrite: async (actor, meta, uploadId) => {
      const sending = await findSending(database, actor, meta);
      if (!sending.ok) return sending;
      if (sending.value.part.uploadId !== uploadId) return refused('not-found');
      return maySendNow(sending.value, parts.clock());
    },
    // A page that waits for an answer, or has nothing to send just now, asks so that it is known to be there.
    mayAsk: async (actor, meta, uploadId) => {
      const sending = await findSending(database, actor, meta);
      if (!sending.ok) return sending;
      const { part, facts } = sending.value;
      if (part.uploadId !== uploadId) return refused('not-found');
      if (!isUnderWay(facts.state)) return maySendNow(sending.value, parts.clock());
      if (part.finishedAt !== null) return refused('not-in-this-state');
      if (facts.state === 'recording') await noteAlive(parts, part);
      return accepted(null);
    },
    // What is recorded goes as recordings do: by who manages them, who takes a yes back, or when its time is over.
    mayRemove: async () => refused('not-allowed'),
    received: (meta, uploadId, bytes) => noteReceived(parts, meta, uploadId, bytes),
    // As long as the file is not made: then the recording takes it away itself.
    isNeeded: async ({ partId }) => {
      const part = await findPart(database, partId);
      const row = part === null || part.beganAt === null ? null : await findRecording(database, part.recordingId);
      return row !== null && (isUnderWay(row.state) || row.state === 'finishing');
    },
  });
}

const noteAlive = ({ database, clock }: RecordingParts, { id }: PartRow) =>
  database.update(recordingPart).set({ heardAt: clock() }).where(eq(recordingPart.id, id));

async function findSending(sql: Database | Transaction, actor: KnownActor, meta: Meta): Promise<Outcome<Sending>> {
  const row = await findSession(sql, meta.sessionId);
  if (row === null || !mayWatch(actor, row)) return refused('not-found');
  const own = await findOwnParticipant(sql, row.id, actor);
  const part = await findPart(sql, meta.partId);
  if (own === null || part === null || part.participantId !== own.id) return refused('not-found');
  if (!maySend(actor, own, part)) return refused('not-allowed');
  const log = await readRecordings(sql, row.id);
  const facts = inLog(log, part.recordingId);
  const last = await findLastPart(sql, part.recordingId);
  if (facts === null) return refused('not-found');
  return last?.id === part.id ? accepted({ part, own, facts, log }) : refused('not-in-this-state');
}

/**
 * While it records. Before the first frame and after an interruption when everybody present has agreed, which then is a
 * (new) beginning. After an end, for a short while, what was captured before; after a withdrawal nothing. While it is
 * paused nothing either: what the page has left it sends later.
 */
function maySendNow({ part, own, facts, log }: Sending, now: Date): Outcome<null> {
  if (part.finishedAt !== null) return refused('not-in-this-state');
  const isLate = part.flushUntil !== null && part.beganAt !== null && now < part.flushUntil;
  switch (facts.state) {
    case 'recording':
    case 'agreed':
      return accepted(null);
    case 'interrupted':
      return isLate || mayGoOn({ own, facts, log }) ? accepted(null) : refused('not-in-this-state');
    case 'finishing':
      return isLate ? accepted(null) : refused('not-in-this-state');
    default:
      return refused('not-in-this-state');
  }
}

/** Whether bytes of this person make an interrupted recording go on: they are in, and all who are have agreed. */
const mayGoOn = ({ own, facts, log }: Omit<Sending, 'part'>): boolean =>
  own.state === 'in' && (facts.lateJoiner === 'leave-out' || withoutYes(facts, log.present).length === 0);

/** Keeps how much there is; the first bytes, and those after an interruption, are the fact that it records. */
async function noteReceived(parts: RecordingParts, meta: Meta, uploadId: UploadId, bytes: number): Promise<void> {
  const before = await findPart(parts.database, meta.partId);
  if (before === null || bytes === 0) return;
  await transact<null>(parts, async (change) => {
    const row = await findSession(change.sql, meta.sessionId, true);
    const part = row === null ? null : await findPart(change.sql, meta.partId);
    if (row === null || part === null || part.uploadId !== uploadId) return accepted(null);
    await change.sql
      .update(recordingPart)
      .set({ bytes, lastBytesAt: change.now, heardAt: change.now })
      .where(eq(recordingPart.id, part.id));
    const log = await readRecordings(change.sql, row.id);
    const facts = inLog(log, part.recordingId);
    const own = await findParticipant(change.sql, row.id, part.participantId);
    const last = await findLastPart(change.sql, part.recordingId);
    if (facts === null || own === null || last?.id !== part.id || part.finishedAt !== null) return accepted(null);
    const begins = facts.state === 'agreed' || (facts.state === 'interrupted' && mayGoOn({ own, facts, log }));
    if (!begins) return accepted(null);
    await change.sql
      .update(recordingPart)
      .set({ beganAt: part.beganAt ?? change.now, flushUntil: null })
      .where(eq(recordingPart.id, part.id));
    const body = { kind: 'recording-began', recordingId: facts.id, partId: part.id, participantId: own.id } as const;
    await logRecording(change, row, personOfParticipant(own), body);
    return accepted(null);
  });
}
