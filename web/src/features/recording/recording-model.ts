import type { Outcome, Refusal } from '#contract/errors.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import {
  currentRecording,
  isAsked,
  type RecordingFacts,
  type RecordingsLog,
  withoutYes,
} from '#core/recording/index.ts';
import { createStore, type Readable, watch } from '#web/state/store.ts';
import type { RecordingDeeds } from './deeds.ts';
import type { Drive } from './drive.ts';

/** What is under way on this page about a recording, for buttons that wait. */
export type Doing = 'starting' | 'stopping' | 'yes' | 'no' | 'withdrawing' | 'carrying-on' | null;

/** The recording as this person sees it. */
export interface RecordingView {
  /** The one that has not ended. */
  readonly now: RecordingFacts | null;
  /** There is a question to this person. */
  readonly asked: boolean;
  /** With the policy off: this person is told, and has not said that they have read it. */
  readonly told: boolean;
  /** Those present whose yes is missing. */
  readonly waitingFor: readonly ParticipantId[];
  /** This person may carry on in this browser. */
  readonly offered: boolean;
  readonly mayRecord: boolean;
  /** This person has said yes and can take it back. */
  readonly agreed: boolean;
  readonly doing: Doing;
  /** After this person took the yes back: is what exists to be kept? */
  readonly withdrawn: RecordingId | null;
}

export interface RecordingModel {
  readonly view: Readable<RecordingView>;
  /** Starts a recording, or stops the one that runs. */
  toggle(): void;
  answer(answer: 'yes' | 'no'): void;
  withdraw(): void;
  /** What exists is decided about. */
  withdrawalDone(): void;
  carryOn(): void;
  /** Has read that it is recorded. */
  heard(): void;
  /** Does not want to carry on. */
  notHere(): void;
}

interface ModelParts {
  readonly log: Readable<RecordingsLog>;
  readonly drive: Drive;
  readonly deeds: RecordingDeeds;
  readonly you: Readable<{
    readonly you: { readonly participantId: ParticipantId | null; readonly mayRecord: boolean };
  }>;
  /** The member or device that this person is; null before they have joined. */
  readonly person: () => string | null;
  readonly onRefused: (refusal: Refusal) => void;
}

/** Decides what one person sees of the recording, and does what they wish; ends with `life`. */
export function createRecordingModel(life: AbortSignal, parts: ModelParts): RecordingModel {
  const { log, drive, deeds, you, onRefused } = parts;
  let doing: Doing = null;
  let read: RecordingId | null = null;
  /** The interruption that this person leaves to others. */
  let declined: number | null = null;
  let withdrawn: RecordingId | null = null;

  const look = (): RecordingView => {
    const { participantId: self, mayRecord } = you.get().you;
    const logged = log.get();
    const now = currentRecording(logged);
    const present = self !== null && logged.present.has(self);
    const recorder = drive.state.get().at;
    const free = recorder === 'idle' || recorder === 'failed';
    return {
      now,
      asked: now !== null && present && isAsked(now, self),
      told: now !== null && present && !now.consent && now.id !== read && !isStarter(now, parts.person()),
      waitingFor: now === null ? [] : withoutYes(now, logged.present),
      offered: now?.state === 'interrupted' && present && mayRecord && free && now.interrupted?.at !== declined,
      mayRecord,
      agreed: now !== null && self !== null && now.consent && now.answers.get(self) === 'yes',
      doing,
      withdrawn,
    };
  };
  const view = createStore(look());
  const put = () => view.set(look());
  const doIt = async (what: Exclude<Doing, null>, deed: () => Promise<Outcome<unknown>>): Promise<boolean> => {
    if (doing !== null) return false;
    doing = what;
    put();
    const outcome = await deed();
    doing = null;
    if (life.aborted) return false;
    put();
    // Somebody was quicker: what is shown is already as it is now.
    if (!outcome.ok && outcome.code !== 'not-in-this-state') onRefused(outcome);
    return outcome.ok;
  };
  for (const store of [log, drive.state, you]) watch<unknown>(life, store, put);

  const withNow = (deed: (now: RecordingFacts) => void) => () => {
    const { now } = view.get();
    if (now !== null) deed(now);
  };
  const stop = (now: RecordingFacts) => {
    drive.halt(now.id);
    void doIt('stopping', () => deeds.stop(now.id));
  };

  return {
    view,
    toggle() {
      const { now, mayRecord } = view.get();
      if (!mayRecord) return;
      if (now !== null) stop(now);
      else void doIt('starting', () => deeds.start());
    },
    answer: (answer) => withNow(({ id }) => void doIt(answer, () => deeds.answer(id, answer)))(),
    withdraw: withNow(async ({ id, recorded }) => {
      drive.halt(id);
      const taken = await doIt('withdrawing', () => deeds.withdraw(id));
      if (!taken || recorded.length === 0) return;
      withdrawn = id;
      put();
    }),
    withdrawalDone() {
      withdrawn = null;
      put();
    },
    carryOn: () => void doIt('carrying-on', () => drive.carryOn()),
    heard: withNow(({ id }) => {
      read = id;
      put();
    }),
    notHere: withNow(({ interrupted }) => {
      declined = interrupted?.at ?? null;
      put();
    }),
  };
}

/** Who starts it knows that it runs. */
const isStarter = ({ startedBy }: RecordingFacts, person: string | null): boolean =>
  startedBy.kind !== 'system' && startedBy.id === person;
