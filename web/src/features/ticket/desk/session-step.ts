import type { SessionSummary } from '#contract/session/http.ts';
import { isOnNow } from '#core/session/lifecycle.ts';

/** What the session button of a ticket does: join the one that is open, or start one. */
export type SessionStep = { readonly kind: 'start' } | { readonly kind: 'join'; readonly session: SessionSummary };

/** One-on-one: while a session is open, another one in the same ticket would only split the two. */
export function sessionStep(sessions: readonly SessionSummary[]): SessionStep {
  const live = sessions.find((session) => session.status === 'live');
  const open = live ?? sessions.find(({ status }) => isOnNow(status));
  return open === undefined ? { kind: 'start' } : { kind: 'join', session: open };
}

/** Newest first. */
export function newestFirst(sessions: readonly SessionSummary[]): readonly SessionSummary[] {
  return [...sessions].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** How long a session was or is live; null when it never was. */
export function liveFor(session: Pick<SessionSummary, 'liveSince' | 'endedAt'>, now: number): number | null {
  if (session.liveSince === null) return null;
  const until = session.endedAt === null ? now : Date.parse(session.endedAt);
  return Math.max(0, until - Date.parse(session.liveSince));
}
