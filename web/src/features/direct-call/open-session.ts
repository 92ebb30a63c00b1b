import type { SessionId } from '#contract/ids.ts';
import { inMemory, safeStorage } from '#web/features/session/desk/index.ts';

/** The session of a call that this employee has answered. */
export const openAnswered = (sessionId: SessionId): void => goIn(sessionId, '');

/** The session of a call that this customer makes. */
export const openOwnCall = (sessionId: SessionId): void => goIn(sessionId, '?as=code');

/**
 * Whoever calls or answers wants to be in: the session's page finds this tab in the session already, as after a reload, and
 * joins without another click, also when the call was answered before the page was here.
 */
function goIn(sessionId: SessionId, as: string): void {
  inMemory(safeStorage(() => sessionStorage)).remember(sessionId);
  location.assign(`/s/${sessionId}${as}`);
}
