import * as z from 'zod/mini';
import { LateJoiner } from '../access/policies.ts';
import { ParticipantId } from '../ids.ts';
import { Language } from '../language.ts';
import { RecordingId, RecordingPartId } from './ids.ts';
import { ConsentVersion } from './wording.ts';

/** `withdrawn`: a yes that was taken back. */
export const ConsentAnswer = z.enum(['yes', 'no', 'withdrawn']);
export type ConsentAnswer = z.infer<typeof ConsentAnswer>;

/** What happens to recordings, as kinds of the session's events. A recording's state is a fold over these (core/recording). */
export const recordingEvents = [
  /** Somebody wants to record. `consent` false: all are told, nobody is asked. */
  z.object({
    kind: z.literal('recording-asked'),
    recordingId: RecordingId,
    /** Who is to record first. */
    participantId: ParticipantId,
    consent: z.boolean(),
    lateJoiner: LateJoiner,
    /** Days that it will be kept; null for no end. */
    keptDays: z.nullable(z.int()),
  }),
  /** One person's answer; the ledger has it too. */
  z.object({
    kind: z.literal('recording-answered'),
    recordingId: RecordingId,
    participantId: ParticipantId,
    name: z.string(),
    answer: ConsentAnswer,
    wording: z.nullable(z.object({ version: ConsentVersion, language: Language })),
  }),
  /** The first frame of a part is recorded: from now on there is a red mark. */
  z.object({
    kind: z.literal('recording-began'),
    recordingId: RecordingId,
    partId: RecordingPartId,
    /** Whose browser records. */
    participantId: ParticipantId,
  }),
  /** Somebody came in who has not answered: nothing is captured until they do. */
  z.object({ kind: z.literal('recording-paused'), recordingId: RecordingId, waitingFor: z.array(ParticipantId) }),
  z.object({ kind: z.literal('recording-resumed'), recordingId: RecordingId }),
  /** The recorder is gone while the session goes on; another employee who may can carry on. */
  z.object({ kind: z.literal('recording-interrupted'), recordingId: RecordingId, partId: RecordingPartId }),
  /** Nothing more is captured. `early`: it ended by a loss, not by a person's wish. */
  z.object({
    kind: z.literal('recording-ended'),
    recordingId: RecordingId,
    why: z.enum(['stopped', 'declined', 'withdrawn', 'session-ended', 'recorder-lost', 'cancelled']),
    early: z.boolean(),
  }),
  /** The file is made and can be watched. */
  z.object({
    kind: z.literal('recording-ready'),
    recordingId: RecordingId,
    durationMs: z.int().check(z.nonnegative()),
    bytes: z.int().check(z.nonnegative()),
    early: z.boolean(),
  }),
  /** There was nothing that could be made a file of. */
  z.object({ kind: z.literal('recording-failed'), recordingId: RecordingId }),
  /** It was there until now. */
  z.object({
    kind: z.literal('recording-erased'),
    recordingId: RecordingId,
    why: z.enum(['retention', 'by-hand', 'withdrawn']),
  }),
] as const;
