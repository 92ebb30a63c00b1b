import { asc, inArray } from 'drizzle-orm';
import type { ParticipantId } from '#contract/ids.ts';
import { Person } from '#contract/person.ts';
import type { ConsentAnswer } from '#contract/recording/events.ts';
import type { ConsentEntry } from '#contract/recording/http.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import { type AskedWording, consentWording } from '#contract/recording/wording.ts';
import type { RecordingFacts } from '#core/recording/index.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import type { Change } from '../../database/transact.ts';
import { organizationName } from '../access/index.ts';
import { type ParticipantRow, personOfParticipant } from '../session/index.ts';
import { recordingConsent } from './tables.ts';

/** Adds a line: what this person answered, to which words. Without wording: they were told, not asked. */
export async function addToLedger(
  change: Change,
  facts: Pick<RecordingFacts, 'id' | 'startedBy' | 'keptDays'>,
  own: ParticipantRow,
  said: { readonly answer: ConsentAnswer; readonly wording: AskedWording | null },
): Promise<void> {
  const { answer, wording } = said;
  await change.sql.insert(recordingConsent).values({
    recordingId: facts.id,
    participantId: own.id,
    person: personOfParticipant(own),
    at: change.now,
    answer,
    wordingVersion: wording?.version ?? null,
    wordingLanguage: wording?.language ?? null,
    wordingText: wording === null ? null : await textOf(change, facts, wording),
  });
}

/** The words that the person read, as their page makes them. */
async function textOf(
  change: Change,
  facts: Pick<RecordingFacts, 'startedBy' | 'keptDays'>,
  wording: AskedWording,
): Promise<string> {
  const { title, paragraphs } = consentWording(wording, {
    starter: facts.startedBy.kind === 'system' ? 'Sightglass' : facts.startedBy.name,
    organization: await organizationName(change.sql),
    keptDays: facts.keptDays,
  });
  return [title, ...paragraphs].join('\n');
}

/** The lines of these recordings, in the order in which they were written. */
export async function readLedgers(
  sql: Database | Transaction,
  ids: readonly RecordingId[],
): Promise<ReadonlyMap<RecordingId, readonly ConsentEntry[]>> {
  const ledgers = new Map<RecordingId, ConsentEntry[]>();
  if (ids.length === 0) return ledgers;
  const lines = await sql
    .select()
    .from(recordingConsent)
    .where(inArray(recordingConsent.recordingId, [...ids]))
    .orderBy(asc(recordingConsent.id));
  for (const line of lines) {
    const entries = ledgers.get(line.recordingId) ?? [];
    ledgers.set(line.recordingId, [...entries, entryOf(line)]);
  }
  return ledgers;
}

const entryOf = (line: typeof recordingConsent.$inferSelect): ConsentEntry => ({
  person: Person.parse(line.person),
  participantId: line.participantId,
  at: line.at.toISOString(),
  answer: line.answer,
  wording:
    line.wordingVersion === null || line.wordingLanguage === null
      ? null
      : { version: line.wordingVersion, language: line.wordingLanguage, text: line.wordingText ?? '' },
});

/** Those who were told in a recording that asked nobody: a line each, once. */
export async function noteTold(
  change: Change,
  facts: RecordingFacts,
  people: readonly ParticipantRow[],
): Promise<void> {
  const ledger = (await readLedgers(change.sql, [facts.id])).get(facts.id) ?? [];
  const noted: ReadonlySet<ParticipantId> = new Set(ledger.map(({ participantId }) => participantId));
  for (const own of people) {
    if (!noted.has(own.id)) await addToLedger(change, facts, own, { answer: 'yes', wording: null });
  }
}
