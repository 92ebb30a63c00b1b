import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { RequestId } from '#contract/ids.ts';
import type { AskedWording } from '#contract/recording/wording.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { personOf } from '#core/access/person.ts';
import { isUnderWay, type RecordingFacts } from '#core/recording/index.ts';
import type { Change } from '../../database/transact.ts';
import { eraseRecording } from './erase.ts';
import { addToLedger, readLedgers } from './ledger.ts';
import { notHere, type Place } from './place.ts';
import { mayAnswer } from './policy.ts';
import type { RecordingParts } from './recording-parts.ts';
import { closePart, endRecording, logRecording } from './step.ts';
import { resumeWhenAgreed, stopReceiving } from './watch-session.ts';

type At = Place & { readonly facts: RecordingFacts };

/** A person's yes or no. One no ends it, unless it runs and leaves out who has not agreed. */
export async function answerRecording(
  change: Change,
  parts: RecordingParts,
  { actor, row, own, facts }: At,
  wish: { readonly requestId: RequestId; readonly answer: 'yes' | 'no'; readonly wording: AskedWording },
): Promise<Outcome<SessionEvent>> {
  if (own === null || !mayAnswer(own)) return notHere(own);
  if (!facts.consent || !isUnderWay(facts.state) || facts.answers.has(own.id)) return refused('not-in-this-state');
  const { requestId, answer, wording } = wish;
  const author = personOf(actor);
  const body = { recordingId: facts.id, participantId: own.id, name: own.name, answer, wording } as const;
  await addToLedger(change, facts, own, { answer, wording });
  const event = await logRecording(change, row, author, { kind: 'recording-answered', ...body }, requestId);
  const goesOnWithout = facts.lateJoiner === 'leave-out' && facts.recorded.length > 0;
  if (answer === 'no' && !goesOnWithout) await endRecording(change, parts, row, facts, { author, why: 'declined' });
  else await resumeWhenAgreed(change, parts, row);
  return accepted(event);
}

/** A yes is taken back: nothing more is recorded, and what exists stays or goes as this person says. */
export async function withdrawConsent(
  change: Change,
  parts: RecordingParts,
  { actor, row, own, facts }: At,
  wish: { readonly requestId: RequestId; readonly keep: boolean },
): Promise<Outcome<SessionEvent>> {
  if (own === null || own.state === 'outside') return refused('not-joined');
  const isGone = facts.state === 'erased' || facts.state === 'declined' || facts.state === 'failed';
  const last = facts.answers.get(own.id);
  const decidesLater = last === 'withdrawn' && !wish.keep && facts.recorded.length > 0;
  if (isGone || (last !== 'yes' && !decidesLater)) return refused('not-in-this-state');
  const author = personOf(actor);
  // It was stopped by the same wish before, as one that is kept; the ledger has that line.
  if (decidesLater)
    return accepted(await eraseRecording(change, parts, row, facts.id, author, 'withdrawn', wish.requestId));
  const line = (await readLedgers(change.sql, [facts.id]))
    .get(facts.id)
    ?.findLast((one) => one.participantId === own.id);
  const wording = line?.wording === null || line === undefined ? null : line.wording;
  const said = wording === null ? null : { version: wording.version, language: wording.language };
  await addToLedger(change, facts, own, { answer: 'withdrawn', wording: said });
  const event = await logRecording(
    change,
    row,
    author,
    {
      kind: 'recording-answered',
      recordingId: facts.id,
      participantId: own.id,
      name: own.name,
      answer: 'withdrawn',
      wording: said,
    },
    wish.requestId,
  );
  if (isUnderWay(facts.state)) await endRecording(change, parts, row, facts, { author, why: 'withdrawn' });
  else await closePart(change, facts, false);
  await stopReceiving(change, parts, facts.id);
  if (!wish.keep && facts.recorded.length > 0) await eraseRecording(change, parts, row, facts.id, author, 'withdrawn');
  return accepted(event);
}
