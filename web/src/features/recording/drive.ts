import type { Outcome, Refusal } from '#contract/errors.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import { currentRecording, mayCapture, type RecordingFacts, type RecordingsLog } from '#core/recording/index.ts';
import { createStore, type Readable, watch } from '#web/state/store.ts';
import type { Recorder, RecorderState } from './engine/index.ts';

export interface Drive {
  /** What this page's recorder does. */
  readonly state: Readable<RecorderState>;
  /** Goes on with an interrupted recording in this browser. */
  carryOn(): Promise<Outcome<null>>;
  /** From now on nothing more is captured of this recording, whatever the log still says. */
  halt(recordingId: RecordingId): void;
}

interface DriveParts {
  readonly log: Readable<RecordingsLog>;
  readonly you: () => ParticipantId | null;
  /** Makes a recorder for one part; it ends with the signal. */
  readonly openRecorder: (life: AbortSignal) => Promise<Recorder>;
  readonly onRefused: (refusal: Refusal, recordingId: RecordingId) => void;
}

const IDLE: RecorderState = { at: 'idle' };
/** `recording` with nothing recorded here: this page was loaded anew, or its recorder has failed. */
const BEGINS: ReadonlySet<RecordingFacts['state']> = new Set(['agreed', 'recording', 'interrupted']);
const NOBODY: ReadonlySet<ParticipantId> = new Set();

interface Part {
  readonly recordingId: RecordingId;
  readonly end: AbortController;
  recorder: Recorder | null;
  ending: boolean;
}

/**
 * Keeps this page's recorder doing what the log says: it begins when everybody has agreed, captures only whom it may, ends when
 * it is over, somebody else carries on, or this person is out. After a reload or a failure it goes on by itself.
 */
export function driveRecorder(life: AbortSignal, { log, you, openRecorder, onRefused }: DriveParts): Drive {
  const state = createStore<RecorderState>(IDLE);
  let part: Part | null = null;
  let halted: RecordingId | null = null;
  /** What has been tried, so that a refusal is not asked for again and again. */
  let tried = '';

  const capturable = (now: RecordingsLog, one: RecordingFacts | null, id: RecordingId): ReadonlySet<ParticipantId> => {
    if (one === null || one.id !== id || halted === id) return NOBODY;
    // Given up for silent while its network was away, this page goes on: everybody's yes still holds.
    return mayCapture(one.state === 'interrupted' ? { ...one, state: 'recording' } : one, now.present);
  };
  const isOurs = (now: RecordingsLog, one: RecordingFacts | null, id: RecordingId): boolean => {
    const self = you();
    return one !== null && one.id === id && self !== null && now.present.has(self) && one.recorder === self;
  };

  const finish = async (own: Part) => {
    if (own.ending) return;
    own.ending = true;
    own.recorder?.capture(NOBODY);
    if (part === own) part = null;
    await own.recorder?.end();
    own.end.abort();
    if (part === null) state.set(IDLE);
  };

  const begin = async (recordingId: RecordingId): Promise<Outcome<null>> => {
    const own: Part = { recordingId, end: new AbortController(), recorder: null, ending: false };
    part = own;
    state.set({ at: 'starting' });
    const until = AbortSignal.any([life, own.end.signal]);
    const recorder = await openRecorder(until).catch(() => null);
    if (recorder === null) return gaveUp(own, { ok: false, code: 'unavailable' });
    own.recorder = recorder;
    watch(until, recorder.state, (next) => {
      if (part === own || part === null) state.set(next);
      if (next.at === 'failed' && part === own) part = null;
    });
    const now = log.get();
    recorder.capture(own.ending ? NOBODY : capturable(now, currentRecording(now), recordingId));
    if (own.ending) return { ok: true, value: null };
    const begun = await recorder.begin(recordingId);
    if (!begun.ok) return gaveUp(own, begun);
    // It may have been over before it had begun.
    if (own.ending) await recorder.end();
    return begun;
  };
  const gaveUp = (own: Part, refusal: Refusal): Refusal => {
    own.end.abort();
    if (part === own) {
      part = null;
      state.set(IDLE);
    }
    return refusal;
  };

  const look = () => {
    const now = log.get();
    const one = currentRecording(now);
    if (part !== null) {
      const { recordingId } = part;
      // Whoever carries on is not its recorder yet until the first bytes are there.
      const ours = isOurs(now, one, recordingId) || (one?.id === recordingId && one.state === 'interrupted');
      const self = you();
      if (!ours || self === null || !now.present.has(self)) return void finish(part);
      return part.recorder?.capture(capturable(now, one, recordingId));
    }
    if (one === null || halted === one.id || !isOurs(now, one, one.id)) return;
    if (!BEGINS.has(one.state)) return;
    const attempt = `${one.id} ${one.state} ${one.interrupted?.at ?? ''}`;
    if (attempt === tried) return;
    tried = attempt;
    void begin(one.id).then((begun) => {
      if (!begun.ok && !life.aborted) onRefused(begun, one.id);
    });
  };
  watch(life, log, look);

  return {
    state,
    async carryOn() {
      const one = currentRecording(log.get());
      if (one === null || one.state !== 'interrupted' || part !== null) return { ok: false, code: 'not-in-this-state' };
      return begin(one.id);
    },
    halt(recordingId) {
      halted = recordingId;
      if (part?.recordingId === recordingId) part.recorder?.capture(NOBODY);
    },
  };
}
