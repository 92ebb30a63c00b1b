import { ParticipantId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import { RecordingId, RecordingPartId } from '#contract/recording/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const anna = ParticipantId.parse(uuid(1));
export const jon = ParticipantId.parse(uuid(2));
export const mia = ParticipantId.parse(uuid(3));
export const recordingId = RecordingId.parse(uuid(10));
export const partOf = (n: number) => RecordingPartId.parse(uuid(20 + n));
const system: Person = { kind: 'system' };

/** A log that is written line by line; each a second after the one before, unless it is said when. */
export function logBook() {
  const events: SessionEvent[] = [];
  let second = 0;
  return {
    events,
    add(body: SessionEventBody, at = second + 1): SessionEvent {
      second = at;
      const event = {
        seq: events.length + 1,
        at: new Date(at * 1000).toISOString(),
        author: system,
        requestId: null,
        body,
      };
      events.push(event);
      return event;
    },
  };
}

export const joins = (participantId: ParticipantId): SessionEventBody => ({
  kind: 'participant-joined',
  participantId,
  name: 'Somebody',
  as: 'expert',
});
export const leaves = (participantId: ParticipantId): SessionEventBody => ({
  kind: 'participant-left',
  participantId,
  name: 'Somebody',
  reason: 'left',
});
export const asks = (lateJoiner: 'pause' | 'leave-out' = 'pause', consent = true): SessionEventBody => ({
  kind: 'recording-asked',
  recordingId,
  participantId: anna,
  consent,
  lateJoiner,
  keptDays: null,
});
export const answers = (participantId: ParticipantId, answer: 'yes' | 'no' | 'withdrawn'): SessionEventBody => ({
  kind: 'recording-answered',
  recordingId,
  participantId,
  name: 'Somebody',
  answer,
  wording: { version: 1, language: 'en' },
});
export const begins = (part = 1, participantId = anna): SessionEventBody => ({
  kind: 'recording-began',
  recordingId,
  partId: partOf(part),
  participantId,
});
export const pauses = (...waitingFor: ParticipantId[]): SessionEventBody => ({
  kind: 'recording-paused',
  recordingId,
  waitingFor,
});
export const resumes: SessionEventBody = { kind: 'recording-resumed', recordingId };
export const interrupts = (part = 1): SessionEventBody => ({
  kind: 'recording-interrupted',
  recordingId,
  partId: partOf(part),
});
export const ends = (
  why: Extract<SessionEventBody, { kind: 'recording-ended' }>['why'] = 'stopped',
): SessionEventBody => ({ kind: 'recording-ended', recordingId, why, early: false });
export const isReady: SessionEventBody = {
  kind: 'recording-ready',
  recordingId,
  durationMs: 1000,
  bytes: 1000,
  early: false,
};
export const fails: SessionEventBody = { kind: 'recording-failed', recordingId };
export const erases: SessionEventBody = { kind: 'recording-erased', recordingId, why: 'by-hand' };
