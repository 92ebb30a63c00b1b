import type { ParticipantId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import type { ConsentTerms } from '#contract/recording/wording.ts';
import type { RecordingFacts } from '#core/recording/index.ts';
import { regionTag } from '#web/i18n.ts';
import type { ReadableStore } from '#web/state/store.ts';
import type { ToolsHost } from '../session/index.ts';
import type { Drive } from './drive.ts';
import type { RecordingModel } from './recording-model.ts';

/** Everything that the recording's components on the session screen take. */
export interface RecordingParts {
  readonly host: ToolsHost;
  readonly model: RecordingModel;
  readonly drive: Drive;
  /** In which this person is asked. */
  readonly language: ReadableStore<Language>;
}

/** What the wording names. */
export function termsOf({ facts }: Pick<ToolsHost, 'facts'>, now: RecordingFacts): ConsentTerms {
  const { organization } = facts.session.get();
  const starter = now.startedBy.kind === 'system' ? 'Sightglass' : now.startedBy.name;
  return { starter, organization, keptDays: now.keptDays };
}

/** The names of these people, as a list in words. */
export function namesOf(
  { facts }: Pick<ToolsHost, 'facts'>,
  ids: readonly ParticipantId[],
  locale = regionTag(),
): string {
  const people = facts.people.get();
  const names = ids.flatMap((id) => people.find((one) => one.id === id)?.name ?? []);
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}
