import type { LateJoiner } from '#contract/access/policies.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { ConsentAnswer } from '#contract/recording/events.ts';
import type { RecordingState } from '#contract/recording/http.ts';
import type { RecordingId, RecordingPartId } from '#contract/recording/ids.ts';

/** A time in which frames were recorded, in server ms; `until` is null while it goes on. */
export interface RecordedTime {
  readonly partId: RecordingPartId;
  readonly from: number;
  readonly until: number | null;
}

/** Everything that a session's log says about one recording. Times are the server's, in ms. */
export interface RecordingFacts {
  readonly id: RecordingId;
  readonly state: RecordingState;
  readonly startedBy: Person;
  readonly askedAt: number;
  /** Who records, or did last; before the first frame who is to. */
  readonly recorder: ParticipantId;
  /** False: nobody is asked, all are told. */
  readonly consent: boolean;
  readonly lateJoiner: LateJoiner;
  readonly keptDays: number | null;
  /** The last answer of each person. */
  readonly answers: ReadonlyMap<ParticipantId, ConsentAnswer>;
  /** Its last one may be going on. */
  readonly recorded: readonly RecordedTime[];
  /** While `interrupted`: since when, and whether by a loss rather than by a person's wish. */
  readonly interrupted: { readonly at: number; readonly byLoss: boolean } | null;
  readonly ended: { readonly at: number; readonly why: EndReason; readonly early: boolean } | null;
  /** Once it is `ready`, and after that. */
  readonly durationMs: number | null;
}

export type EndReason = 'stopped' | 'declined' | 'withdrawn' | 'session-ended' | 'recorder-lost' | 'cancelled';

const underWay: ReadonlySet<RecordingState> = new Set(['asking', 'agreed', 'recording', 'paused', 'interrupted']);

/** It has not ended: there is at most one of these in a session. */
export const isUnderWay = (state: RecordingState): boolean => underWay.has(state);

/** Whether this person's picture and voice may be in it, as far as they are concerned. */
export const hasAgreed = (recording: Pick<RecordingFacts, 'consent' | 'answers'>, who: ParticipantId): boolean =>
  !recording.consent || recording.answers.get(who) === 'yes';

/** Who of those present has not said yes. */
export const withoutYes = (
  recording: Pick<RecordingFacts, 'consent' | 'answers'>,
  present: Iterable<ParticipantId>,
): readonly ParticipantId[] => [...present].filter((who) => !hasAgreed(recording, who));

/** Whether this person, who is present, is to be asked now. */
export const isAsked = (recording: RecordingFacts, who: ParticipantId): boolean =>
  recording.consent && isUnderWay(recording.state) && !recording.answers.has(who);

/**
 * Whose picture and voice may be captured now; empty: nothing at all. A newcomer counts from the moment they come in, so a
 * page that hears of them captures nobody even before it hears of the pause.
 */
export function mayCapture(recording: RecordingFacts, present: Iterable<ParticipantId>): ReadonlySet<ParticipantId> {
  if (recording.state !== 'agreed' && recording.state !== 'recording') return new Set();
  const all = [...present];
  const agreed = all.filter((who) => hasAgreed(recording, who));
  return recording.lateJoiner === 'pause' && agreed.length < all.length ? new Set() : new Set(agreed);
}

/** How much is recorded at this moment, for the red mark: from the first frame to the last, without the pauses. */
export const recordedMs = ({ recorded }: Pick<RecordingFacts, 'recorded'>, now: number): number =>
  recorded.reduce((sum, { from, until }) => sum + Math.max(0, (until ?? now) - from), 0);
