import type { ParticipantId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import type { LeaveReason, ParticipantKind, SessionEventBody, SessionStatus } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';

type Said = Extract<SessionEventBody, { kind: 'message-said' }>;
/** What happened, when it is not a message: the page puts it into words. */
export type Happened = Exclude<SessionEventBody, Said>;

interface LineBase {
  readonly seq: number;
  readonly at: string;
  readonly author: Person;
}
/** One line of the transcript. */
export type TranscriptLine = LineBase &
  (
    | { readonly kind: 'message'; readonly text: string; readonly requestId: string | null }
    | {
        readonly kind: 'happened';
        readonly what: Happened;
        /** A recording that began before: it goes on after an interruption. */
        readonly again?: true;
      }
  );

/** Somebody who is or was in, as far as the log knows; presence of this moment is not in the log. */
export interface LoggedParticipant {
  readonly id: ParticipantId;
  readonly name: string;
  readonly as: ParticipantKind;
  /** The member or device behind the participant: messages name that as their author. */
  readonly person: string | null;
  readonly in: boolean;
  /** Why they are out, null while they are in. */
  readonly leftBecause: LeaveReason | null;
}

/** Everything the session's log says, folded. */
export interface SessionLog {
  readonly lastSeq: number;
  readonly lines: readonly TranscriptLine[];
  /** In the order in which they first joined. */
  readonly participants: readonly LoggedParticipant[];
  readonly status: SessionStatus | null;
  /** Server time in ms, null before the clock started. */
  readonly liveSince: number | null;
  readonly endedAt: number | null;
}

/** The log of a session of which nothing is known yet. */
export const emptyLog: SessionLog = {
  lastSeq: 0,
  lines: [],
  participants: [],
  status: null,
  liveSince: null,
  endedAt: null,
};

/** The log with these events added; what is known already is passed over, so a repeated delivery is harmless. */
export function extendLog(log: SessionLog, events: readonly SessionEvent[]): SessionLog {
  const fresh = events.filter((event) => event.seq > log.lastSeq);
  if (fresh.length === 0) return log;
  let { lastSeq, participants, status, liveSince, endedAt } = log;
  const lines = [...log.lines];
  for (const event of fresh) {
    if (event.seq <= lastSeq) continue;
    const { body } = event;
    lastSeq = event.seq;
    lines.push(toLine(event, lines));
    if (body.kind === 'participant-joined' || body.kind === 'participant-left')
      participants = withParticipant(participants, body, event.author);
    if (body.kind === 'status-changed') {
      status = body.to;
      if (body.to === 'live') liveSince ??= Date.parse(event.at);
      if (body.to === 'ended') endedAt ??= Date.parse(event.at);
    }
  }
  return { lastSeq, lines, participants, status, liveSince, endedAt };
}

function toLine({ seq, at, author, body, requestId }: SessionEvent, before: readonly TranscriptLine[]): TranscriptLine {
  if (body.kind === 'message-said') return { kind: 'message', seq, at, author, text: body.text, requestId };
  const line = { kind: 'happened', seq, at, author, what: body } as const;
  return body.kind === 'recording-began' && hasBegun(before, body.recordingId) ? { ...line, again: true } : line;
}

const hasBegun = (lines: readonly TranscriptLine[], recordingId: RecordingId) =>
  lines.some(
    (line) => line.kind === 'happened' && line.what.kind === 'recording-began' && line.what.recordingId === recordingId,
  );

function withParticipant(
  all: readonly LoggedParticipant[],
  body: Extract<SessionEventBody, { kind: 'participant-joined' | 'participant-left' }>,
  author: Person,
): readonly LoggedParticipant[] {
  const known = all.find((one) => one.id === body.participantId);
  if (body.kind === 'participant-left')
    return all.map((one) => (one === known ? { ...one, in: false, leftBecause: body.reason } : one));
  const joined = {
    id: body.participantId,
    name: body.name,
    as: body.as,
    person: author.kind === 'system' ? null : author.id,
    in: true,
    leftBecause: null,
  };
  return known ? all.map((one) => (one === known ? joined : one)) : [...all, joined];
}
