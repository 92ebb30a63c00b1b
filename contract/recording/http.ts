import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { ParticipantId, RequestId, SessionId, TabId, TicketId } from '../ids.ts';
import { Language } from '../language.ts';
import { limits } from '../limits.ts';
import { Person } from '../person.ts';
import { SessionEvent } from '../session/http.ts';
import { Instant, SearchText } from '../text.ts';
import { ConsentAnswer } from './events.ts';
import { RecordingId, RecordingPartId } from './ids.ts';
import { ConsentVersion } from './wording.ts';

/**
 * `asking`: not everybody present has answered. `agreed`: may begin, no frame yet. `recording`, `paused`: until a newcomer answers.
 * `interrupted`: waits to be carried on. `finishing`: the file is being made. `declined`: ended before its first frame, by a
 * no or because it was called off. `ready`, `failed`, `declined`, `erased`: for good.
 */
export const RecordingState = z.enum([
  'asking',
  'agreed',
  'recording',
  'paused',
  'interrupted',
  'finishing',
  'ready',
  'failed',
  'declined',
  'erased',
]);
export type RecordingState = z.infer<typeof RecordingState>;

/** One line of the ledger: who answered what, when, to which words. Lines are only added. */
export const ConsentEntry = z.object({
  person: Person,
  participantId: ParticipantId,
  at: Instant,
  answer: ConsentAnswer,
  /** Null: with the policy off nobody was asked, but told. */
  wording: z.nullable(z.object({ version: ConsentVersion, language: Language, text: z.string() })),
});
export type ConsentEntry = z.infer<typeof ConsentEntry>;

/** A stretch of the recording: where its first frame stands in the file, and the server's time then. */
const Stretch = z.object({ fromMs: z.int(), at: Instant, lengthMs: z.int() });

/** A recording as lists and the player show it. */
export const Recording = z.object({
  id: RecordingId,
  sessionId: SessionId,
  session: z.object({ subject: z.string(), ticketId: z.nullable(TicketId), ticketNumber: z.nullable(z.int()) }),
  state: RecordingState,
  startedBy: Person,
  startedAt: Instant,
  endedAt: z.nullable(Instant),
  endedEarly: z.boolean(),
  durationMs: z.nullable(z.int()),
  bytes: z.nullable(z.int()),
  /** What plays it, such as video/mp4; null while there is no file. */
  type: z.nullable(z.string()),
  /** For chapter marks: which moment of the session is where in the file. */
  stretches: z.array(Stretch),
  people: z.array(z.string()),
  /** When it will be erased; null for no end. */
  keptUntil: z.nullable(Instant),
  erasedAt: z.nullable(Instant),
  /** For employees; empty for others. */
  ledger: z.array(ConsentEntry),
});
export type Recording = z.infer<typeof Recording>;

const params = z.object({ sessionId: SessionId });
const recordingParams = z.object({ sessionId: SessionId, recordingId: RecordingId });
const wording = z.object({ version: ConsentVersion, language: Language });

/** Who has joined and may record asks everybody present; their own yes is in the asking. One runs at a time. */
export const startRecording = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/recordings',
  params,
  body: z.object({ requestId: RequestId, recordingId: RecordingId, wording }),
  reply: SessionEvent,
});
/** A yes or a no, once per person and recording. */
export const answerRecording = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/recordings/:recordingId/answer',
  params: recordingParams,
  body: z.object({ requestId: RequestId, answer: z.enum(['yes', 'no']), wording }),
  reply: SessionEvent,
});
/**
 * Takes one's yes back: nothing more is recorded. `keep` says whether what exists stays; also after the recording. Who has kept
 * it that way may still have it erased.
 */
export const withdrawConsent = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/recordings/:recordingId/withdraw',
  params: recordingParams,
  body: z.object({ requestId: RequestId, keep: z.boolean() }),
  reply: SessionEvent,
});
/**
 * The page that records, or carries on, begins a part. Answered once everybody has said yes; else `not-in-this-state`. Then it
 * makes the part's upload (contract/file/upload.ts). The fact `recording-began` follows the first bytes.
 */
export const beginRecordingPart = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/recordings/:recordingId/parts',
  params: recordingParams,
  body: z.object({
    requestId: RequestId,
    partId: RecordingPartId,
    tabId: TabId,
    type: z.enum(['video/mp4', 'video/webm']),
  }),
  reply: z.object({}),
});
/** The recorder has sent all of a part; makes the file without waiting for the silence. */
export const finishRecordingPart = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/recordings/:recordingId/parts/:partId/finish',
  params: z.object({ sessionId: SessionId, recordingId: RecordingId, partId: RecordingPartId }),
  body: z.object({ requestId: RequestId }),
});
/** Who may record stops it, or calls off the asking. */
export const stopRecording = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/recordings/:recordingId/stop',
  params: recordingParams,
  body: z.object({ requestId: RequestId }),
  reply: SessionEvent,
});

/** Those of one session: for employees, and when public for its code users. */
export const listSessionRecordings = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/recordings',
  params,
  reply: z.object({ recordings: z.array(Recording) }),
});
/** Admins: all recordings, newest first. */
export const listRecordings = defineRoute({
  method: 'GET',
  path: '/api/recordings',
  query: z.object({
    page: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100_000)), 1),
    search: z._default(SearchText, ''),
    state: z.optional(z.enum(['ready', 'running', 'failed', 'erased'])),
  }),
  reply: z.object({
    recordings: z.array(Recording).check(z.maxLength(limits.pageSize)),
    total: z.int(),
    /** Of all files that match. */
    bytes: z.int(),
  }),
});
/** Admins: erases the file for good; the transcript keeps a line, the ledger stays. */
export const eraseRecording = defineRoute({
  method: 'POST',
  path: '/api/recordings/:recordingId/erase',
  params: z.object({ recordingId: RecordingId }),
  body: z.object({ requestId: RequestId }),
});
/** A link for whoever may watch it: signed, for this person, and soon over. */
export const linkRecording = defineRoute({
  method: 'GET',
  path: '/api/recordings/:recordingId/link',
  params: z.object({ recordingId: RecordingId }),
  reply: z.object({ watch: z.string(), download: z.string(), until: Instant }),
});
/** The file behind a link, whole or in ranges. Past its time, with a wrong signature or without access any more: not found. */
export const recordingFilePath = '/api/recordings/:recordingId/file';
export const RecordingFileQuery = z.object({
  person: z.string().check(z.maxLength(60)),
  until: z.coerce.number().check(z.int()),
  signature: z.string().check(z.maxLength(100)),
  download: z.optional(z.string()),
});
