import { eq } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { TabId } from '#contract/ids.ts';
import type { RecordingPartId } from '#contract/recording/ids.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import { personOf } from '#core/access/person.ts';
import { hasAgreed, isUnderWay, type RecordingFacts, withoutYes } from '#core/recording/index.ts';
import type { Change } from '../../database/transact.ts';
import { notHere, type Place } from './place.ts';
import { mayRun } from './policy.ts';
import type { RecordingParts } from './recording-parts.ts';
import { askForFile, interruptRecording } from './step.ts';
import { findLastPart, findPart, findParts, findRecording, type PartRow } from './store.ts';
import { recordingPart } from './tables.ts';

type At = Place & { readonly facts: RecordingFacts };

/**
 * A page is to record from now on. The first part is its starter's, once everybody has said yes; later ones are of whoever
 * may record and carries on. All parts are of one type, or they could not become one file.
 */
export async function beginPart(
  change: Change,
  { actor, row, own, log, facts }: At,
  wish: { readonly partId: RecordingPartId; readonly tabId: TabId; readonly type: PartRow['type'] },
): Promise<Outcome<Record<string, never>>> {
  if (own === null || !mayRun(actor, own) || own.tabId !== wish.tabId) return notHere(own);
  if (!hasAgreed(facts, own.id)) return refused('not-in-this-state');
  const parts = await findParts(change.sql, facts.id);
  const last = parts.at(-1);
  if (parts.length >= recordingLimits.partsPerRecording) return refused('too-many');
  if (parts.some(({ type }) => type !== wish.type)) return refused('wrong-content-type', 'type');
  const isOwn = facts.recorder === own.id;
  const allAgree = facts.lateJoiner === 'leave-out' || withoutYes(facts, log.present).length === 0;
  if (facts.state === 'recording' && isOwn) await interruptRecording(change, row, facts, personOf(actor));
  else if (facts.state === 'interrupted' && allAgree) {
    // Somebody else is about to: their first bytes are on the way.
    const since = change.now.getTime() - recordingLimits.silenceMs;
    const taken = last !== undefined && last.beganAt === null && last.heardAt.getTime() > since;
    if (taken && last.participantId !== own.id) return refused('not-in-this-state');
  } else if (facts.state !== 'agreed' || !isOwn) return refused('not-in-this-state');
  const inserted = await change.sql
    .insert(recordingPart)
    .values({
      id: wish.partId,
      recordingId: facts.id,
      number: parts.length + 1,
      participantId: own.id,
      tabId: wish.tabId,
      type: wish.type,
      heardAt: change.now,
    })
    .onConflictDoNothing()
    .returning({ id: recordingPart.id });
  return inserted.length === 0 ? refused('request-id-reused', 'partId') : accepted({});
}

/** All of a part has been sent: the recording waits for nothing more of it, and one that has ended is made a file of at once. */
export async function finishPart(
  change: Change,
  parts: Pick<RecordingParts, 'jobs'>,
  { actor, row, own, facts }: At,
  partId: RecordingPartId,
): Promise<Outcome<Record<string, never>>> {
  const part = await findPart(change.sql, partId);
  if (part === null || part.recordingId !== facts.id || part.participantId !== own?.id) return refused('not-found');
  await change.sql.update(recordingPart).set({ finishedAt: change.now }).where(eq(recordingPart.id, part.id));
  const last = await findLastPart(change.sql, facts.id);
  const isLast = last?.id === part.id;
  if (facts.state === 'finishing' && isLast && (await findRecording(change.sql, facts.id))?.finishAskedAt === null)
    await askForFile(change, parts, facts.id);
  const isRecording = facts.state === 'recording' || facts.state === 'paused';
  if (isUnderWay(facts.state) && isRecording && isLast) await interruptRecording(change, row, facts, personOf(actor));
  return accepted({});
}
