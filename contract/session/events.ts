import * as z from 'zod/mini';
import { annotationEvents } from '../annotation/events.ts';
import { fileEvents } from '../file/events.ts';
import { ParticipantId, TicketId } from '../ids.ts';
import { recordingEvents } from '../recording/events.ts';
import { requestEvents } from '../request/events.ts';
import { Stars, WentWrong } from './rating.ts';
import { Visibility } from './visibility.ts';

/** A8. `requested … expired` of the seeds; SPEC.md has the way between them, core/session/lifecycle.ts decides it. */
export const SessionStatus = z.enum([
  'requested',
  'accepted',
  'scheduled',
  'waiting',
  'live',
  'ended',
  'rated',
  'declined',
  'cancelled',
  'missed',
  'expired',
]);
export type SessionStatus = z.infer<typeof SessionStatus>;

export const SessionOrigin = z.enum(['ticket', 'request', 'direct call', 'call', 'meeting', 'room']);
export type SessionOrigin = z.infer<typeof SessionOrigin>;

export const ParticipantKind = z.enum(['expert', 'codeUser']);
export type ParticipantKind = z.infer<typeof ParticipantKind>;

export const LeaveReason = z.enum(['left', 'connection-lost', 'session-ended', 'access-ended']);
export type LeaveReason = z.infer<typeof LeaveReason>;

/** Everything that can happen in a session: transcript, participants, status and duration are folds over these. */
export const SessionEventBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session-created'), origin: SessionOrigin, subject: z.string() }),
  z.object({
    kind: z.literal('ticket-linked'),
    ticket: z.object({ id: TicketId, number: z.int(), subject: z.string() }),
  }),
  z.object({
    kind: z.literal('ticket-unlinked'),
    ticket: z.object({ id: TicketId, number: z.int(), subject: z.string() }),
  }),
  /** For employees alone, as core/session/audience.ts says. */
  z.object({ kind: z.literal('visibility-changed'), to: Visibility }),
  /** For employees alone. A change of it is another one by the same author. */
  z.object({
    kind: z.literal('session-rated'),
    stars: Stars,
    comment: z.string(),
    wentWrong: z.array(WentWrong),
  }),
  z.object({
    kind: z.literal('status-changed'),
    from: z.nullable(SessionStatus),
    to: SessionStatus,
    /** Why, in a person's own words (a decline) or null. */
    reason: z.nullable(z.string()),
  }),
  z.object({
    kind: z.literal('participant-joined'),
    participantId: ParticipantId,
    name: z.string(),
    as: ParticipantKind,
  }),
  z.object({
    kind: z.literal('participant-left'),
    participantId: ParticipantId,
    name: z.string(),
    reason: LeaveReason,
  }),
  z.object({ kind: z.literal('message-said'), text: z.string() }),
  /** Everything that was here is gone; this is the first and only line then. */
  z.object({ kind: z.literal('session-erased'), why: z.enum(['retention']) }),
  ...requestEvents,
  ...annotationEvents,
  ...fileEvents,
  ...recordingEvents,
]);
export type SessionEventBody = z.infer<typeof SessionEventBody>;
