import type { ParticipantId } from '#contract/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { isUnderWay, type RecordedTime, type RecordingFacts, withoutYes } from './facts.ts';

/** What a session's log says about recordings, and who is in. */
export interface RecordingsLog {
  readonly lastSeq: number;
  readonly present: ReadonlySet<ParticipantId>;
  /** In the order in which they were asked for. */
  readonly recordings: readonly RecordingFacts[];
}

/** The log of a session of which nothing is known yet. */
export const noRecordings: RecordingsLog = { lastSeq: 0, present: new Set(), recordings: [] };

/** All of it at once. */
export const foldRecordings = (events: readonly SessionEvent[]): RecordingsLog =>
  extendRecordings(noRecordings, events);

/** The log with these events added; what is known already is passed over. Events of other kinds may be left out. */
export function extendRecordings(log: RecordingsLog, events: readonly SessionEvent[]): RecordingsLog {
  let { lastSeq, present, recordings } = log;
  for (const event of events) {
    if (event.seq <= lastSeq) continue;
    lastSeq = event.seq;
    const { body } = event;
    if (body.kind === 'participant-joined') present = new Set([...present, body.participantId]);
    else if (body.kind === 'participant-left')
      present = new Set([...present].filter((id) => id !== body.participantId));
    else if (body.kind === 'recording-asked') recordings = [...recordings, askedFor(event, body)];
    else if ('recordingId' in body)
      recordings = recordings.map((one) => (one.id === body.recordingId ? after(one, event, body) : one));
    else continue;
    recordings = recordings.map((one) => settled(one, present));
  }
  return lastSeq === log.lastSeq ? log : { lastSeq, present, recordings };
}

/** The one that has not ended. */
export const currentRecording = ({ recordings }: RecordingsLog): RecordingFacts | null =>
  recordings.find(({ state }) => isUnderWay(state)) ?? null;

type Body<Kind extends SessionEventBody['kind']> = Extract<SessionEventBody, { kind: Kind }>;
type RecordingBody = Extract<SessionEventBody, { recordingId: unknown }>;

const askedFor = (event: SessionEvent, body: Body<'recording-asked'>): RecordingFacts => ({
  id: body.recordingId,
  state: 'asking',
  startedBy: event.author,
  askedAt: Date.parse(event.at),
  recorder: body.participantId,
  consent: body.consent,
  lateJoiner: body.lateJoiner,
  keptDays: body.keptDays,
  answers: new Map(),
  recorded: [],
  interrupted: null,
  ended: null,
  durationMs: null,
});

/** Before the first frame everybody present decides: it waits for whoever has not said yes. */
const settled = (one: RecordingFacts, present: ReadonlySet<ParticipantId>): RecordingFacts => {
  if (one.state !== 'asking' && one.state !== 'agreed') return one;
  const state = withoutYes(one, present).length === 0 ? 'agreed' : 'asking';
  return state === one.state ? one : { ...one, state };
};

function after(one: RecordingFacts, event: SessionEvent, body: RecordingBody): RecordingFacts {
  const at = Date.parse(event.at);
  if (body.kind === 'recording-answered')
    return { ...one, answers: new Map([...one.answers, [body.participantId, body.answer]]) };
  if (body.kind === 'recording-erased') return { ...one, state: 'erased', recorded: closed(one, at) };
  if (isUnderWay(one.state)) return whileUnderWay(one, event, body, at);
  if (one.state !== 'finishing') return one;
  if (body.kind === 'recording-ready') return { ...one, state: 'ready', durationMs: body.durationMs };
  return body.kind === 'recording-failed' ? { ...one, state: 'failed' } : one;
}

function whileUnderWay(one: RecordingFacts, event: SessionEvent, body: RecordingBody, at: number): RecordingFacts {
  switch (body.kind) {
    case 'recording-began': {
      const last = one.recorded.at(-1);
      const began = { ...one, state: 'recording', recorder: body.participantId, interrupted: null } as const;
      // A page that was given up for silent and goes on with its part has recorded all the while.
      if (last?.partId === body.partId)
        return { ...began, recorded: [...one.recorded.slice(0, -1), { ...last, until: null }] };
      return { ...began, recorded: [...closed(one, at), { partId: body.partId, from: at, until: null }] };
    }
    case 'recording-paused':
      return { ...one, state: 'paused', recorded: closed(one, at) };
    case 'recording-resumed': {
      const last = one.recorded.at(-1);
      if (one.state !== 'paused' || last === undefined) return one;
      return { ...one, state: 'recording', recorded: [...one.recorded, { ...last, from: at, until: null }] };
    }
    case 'recording-interrupted': {
      const interrupted = { at, byLoss: event.author.kind === 'system' };
      return { ...one, state: 'interrupted', recorded: closed(one, at), interrupted };
    }
    case 'recording-ended': {
      const ended = { at, why: body.why, early: body.early };
      return { ...one, state: one.recorded.length > 0 ? 'finishing' : 'declined', recorded: closed(one, at), ended };
    }
    default:
      return one;
  }
}

const closed = ({ recorded }: RecordingFacts, at: number): readonly RecordedTime[] =>
  recorded.map((time) => (time.until === null ? { ...time, until: Math.max(at, time.from) } : time));
