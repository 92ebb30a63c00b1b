import type { SessionId } from '#contract/ids.ts';
import { inMemory, safeStorage } from '#web/features/session/desk/index.ts';

/**
 * Opens the session of an answered call. Whoever answers wants to be in: the session's page finds this tab in the session
 * already, as after a reload, and joins without another click.
 */
export function openAnswered(sessionId: SessionId): void {
  inMemory(safeStorage(() => sessionStorage)).remember(sessionId);
  location.assign(`/s/${sessionId}`);
}
