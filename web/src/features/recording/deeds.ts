import { errors, type Outcome, type Refusal } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import * as routes from '#contract/recording/http.ts';
import { RecordingId } from '#contract/recording/ids.ts';
import { CONSENT_VERSION } from '#contract/recording/wording.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import type { ReadableStore } from '#web/state/store.ts';

/** What a person can do about a recording, once each however often it has to be sent. */
export interface RecordingDeeds {
  start(): Promise<Outcome<unknown>>;
  answer(recordingId: RecordingId, answer: 'yes' | 'no'): Promise<Outcome<unknown>>;
  /** Takes one's yes back; what exists stays for now. */
  withdraw(recordingId: RecordingId): Promise<Outcome<unknown>>;
  stop(recordingId: RecordingId): Promise<Outcome<unknown>>;
}

interface DeedsParts {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  /** In which they are asked now. */
  readonly language: ReadableStore<Language>;
  /** Waits, but no longer than `life`. */
  readonly pause: (life: AbortSignal, ms: number) => Promise<void>;
}

const AGAIN_MS = [300, 600, 1_200, 2_500, 5_000];
/** A server that fails: not for ever. */
const TRIES = 10;

/** Makes them; until `life` ends they are repeated while the server can't be reached. */
export function createRecordingDeeds(life: AbortSignal, parts: DeedsParts): RecordingDeeds {
  const { ask, sessionId, language, pause } = parts;
  const wordingRead = () => ({ version: CONSENT_VERSION, language: language.get() });
  const insist = async (send: (requestId: string) => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> => {
    const requestId = newRequestId();
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await send(requestId);
      if (outcome.ok || life.aborted || !worthAgain(outcome, attempt)) return outcome;
      await pause(life, AGAIN_MS[Math.min(attempt, AGAIN_MS.length - 1)] ?? 5_000);
    }
  };
  return {
    start() {
      const recordingId = RecordingId.parse(newRequestId());
      const wording = wordingRead();
      return insist((requestId) =>
        ask(routes.startRecording, { params: { sessionId }, body: { requestId, recordingId, wording } }),
      );
    },
    answer(recordingId, answer) {
      const wording = wordingRead();
      return insist((requestId) =>
        ask(routes.answerRecording, { params: { sessionId, recordingId }, body: { requestId, answer, wording } }),
      );
    },
    withdraw: (recordingId) =>
      insist((requestId) =>
        ask(routes.withdrawConsent, { params: { sessionId, recordingId }, body: { requestId, keep: true } }),
      ),
    stop: (recordingId) =>
      insist((requestId) => ask(routes.stopRecording, { params: { sessionId, recordingId }, body: { requestId } })),
  };
}

/** The network comes back; other failures not for ever. */
const worthAgain = ({ code }: Refusal, attempt: number): boolean =>
  code === 'unavailable' || (errors[code].retry && attempt + 1 < TRIES);
