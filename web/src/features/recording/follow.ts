import type { SessionEvent } from '#contract/session/http.ts';
import { extendRecordings, noRecordings, type RecordingsLog } from '#core/recording/index.ts';
import type { SessionLog, TranscriptLine } from '#core/session/transcript.ts';
import { createStore, type Readable, watch } from '#web/state/store.ts';

/** What the session's log says about recordings, until `life` ends. */
export function followRecordings(life: AbortSignal, log: Readable<SessionLog>): Readable<RecordingsLog> {
  const recordings = createStore<RecordingsLog>(noRecordings);
  let read = 0;
  watch(life, log, ({ lines }) => {
    const fresh = lines.slice(read).flatMap(eventOf);
    read = lines.length;
    if (fresh.length > 0) recordings.set(extendRecordings(recordings.get(), fresh));
  });
  return recordings;
}

/** The event behind a line of the transcript; messages say nothing about recordings. */
function eventOf(line: TranscriptLine): readonly SessionEvent[] {
  if (line.kind === 'message') return [];
  const { seq, at, author, what } = line;
  return [{ seq, at, author, requestId: null, body: what }];
}
