import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { Studio } from '../../annotation/index.ts';
import type { ToolsHost } from '../../session/index.ts';
import type { Part } from './recorder.ts';
import type { RecorderState } from './state.ts';

export type { RecorderState } from './state.ts';

/** Records the session in this browser, one part at a time. */
export interface Recorder {
  readonly state: ReadableStore<RecorderState>;
  /** Begins a part: asks the server for it and starts to capture whom `capture` named last; nobody yet is a pause. */
  begin(recordingId: RecordingId): Promise<Outcome<null>>;
  /** From this call on nothing of anybody else is captured; nobody is a pause, and the file's time stands still. */
  capture(who: ReadonlySet<ParticipantId>): void;
  /** Ends the part: what is recorded goes up to its last byte, then the server is told. */
  end(): Promise<void>;
}

/** Makes the recorder; what it needs is loaded when it begins. It ends with `life`. */
export function createRecorder(life: AbortSignal, host: ToolsHost, studio: Studio): Recorder {
  const state = createStore<RecorderState>({ at: 'idle' });
  let who: ReadonlySet<ParticipantId> = new Set();
  let part: Part | null = null;
  return {
    state,
    async begin(recordingId) {
      const { at } = state.get();
      if (at !== 'idle' && at !== 'failed') return refused('not-in-this-state');
      part = null;
      state.set({ at: 'starting' });
      try {
        const { beginPart } = await import('./recorder.ts');
        const begun = await beginPart(life, { host, studio, recordingId, who: () => who, put: state.set });
        if (begun.ok) part = begun.value;
        else state.set({ at: 'idle' });
        return begun.ok ? accepted(null) : begun;
      } catch {
        // Its file could not be loaded.
        state.set({ at: 'idle' });
        return refused('unavailable');
      }
    },
    capture(next) {
      who = next;
      part?.capture(next);
    },
    async end() {
      await part?.end();
    },
  };
}
