import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { limits } from '#contract/limits.ts';
import type { ParticipantKind, SessionStatus } from '#contract/session/events.ts';

/**
 * A8: the way of a session, as a table. A step that is not in the row of the present status is refused.
 *
 *   requested ─▶ accepted ─▶ waiting ─▶ live ─▶ ended ─▶ rated
 *        └─────▶ scheduled ───┘
 *   and out of it: declined, cancelled, missed, expired.
 */
export type SessionStep =
  | 'accept'
  | 'schedule'
  | 'decline'
  | 'cancel'
  | 'open'
  | 'go-live'
  | 'end'
  | 'rate'
  | 'miss'
  | 'expire';

const table: Readonly<Record<SessionStatus, Partial<Record<SessionStep, SessionStatus>>>> = {
  requested: {
    accept: 'accepted',
    schedule: 'scheduled',
    decline: 'declined',
    cancel: 'cancelled',
    miss: 'missed',
    expire: 'expired',
  },
  accepted: { schedule: 'scheduled', open: 'waiting', cancel: 'cancelled', miss: 'missed', expire: 'expired' },
  scheduled: { schedule: 'scheduled', open: 'waiting', cancel: 'cancelled', miss: 'missed', expire: 'expired' },
  waiting: { 'go-live': 'live', cancel: 'cancelled', end: 'ended', miss: 'missed', expire: 'expired' },
  live: { end: 'ended' },
  ended: { rate: 'rated' },
  rated: { rate: 'rated' },
  declined: {},
  cancelled: {},
  missed: {},
  expired: {},
};

/** The status after a step, or `not-in-this-state`. */
export function decideStep(status: SessionStatus, step: SessionStep): Outcome<SessionStatus> {
  const next = table[status][step];
  return next === undefined ? refused('not-in-this-state') : accepted(next);
}

/** People may come in: it is neither over nor only asked for. */
export const isOpen = (status: SessionStatus): boolean =>
  status === 'accepted' || status === 'scheduled' || status === 'waiting' || status === 'live';

/** It is asked for or planned: there is nothing to come into yet, only a time to wait for. */
export const isAhead = (status: SessionStatus): boolean => status === 'requested' || status === 'scheduled';

/** When a customer may come in: at any time, but for a scheduled session from shortly before its time on. */
const opensAt = (status: SessionStatus, scheduledFor: Date | null): Date | null =>
  status === 'scheduled' && scheduledFor !== null ? new Date(scheduledFor.getTime() - limits.joinEarlyMs) : null;

/** Whether this side may come in now: an employee whenever it is open, and opens it for the others by that. */
export function mayComeIn(
  { status, scheduledFor }: { readonly status: SessionStatus; readonly scheduledFor: Date | null },
  as: ParticipantKind,
  now: Date,
): boolean {
  const opens = opensAt(status, scheduledFor);
  return isOpen(status) && (as === 'expert' || opens === null || opens <= now);
}

/** It is on: people are in it, or are awaited now. Lists and cards offer the way in. */
export const isOnNow = (status: SessionStatus): boolean => status === 'waiting' || status === 'live';

/** Nothing but a rating can happen to it any more. */
export const isOver = (status: SessionStatus): boolean => status !== 'requested' && !isOpen(status);

/**
 * What the coming and going of people causes by itself, step by step: the first one in opens the session, an expert and
 * one further participant make it live (B2), the last one out ends a live one. A dropped connection is not in here:
 * who is only reconnecting is still in.
 */
export function stepsByPresence(status: SessionStatus, present: readonly ParticipantKind[]): readonly SessionStep[] {
  if (present.length === 0) return status === 'live' ? ['end'] : [];
  const steps: SessionStep[] = [];
  if (status === 'accepted' || status === 'scheduled') steps.push('open');
  const canGoLive = steps.length > 0 || status === 'waiting';
  if (canGoLive && present.includes('expert') && present.length >= 2) steps.push('go-live');
  return steps;
}
