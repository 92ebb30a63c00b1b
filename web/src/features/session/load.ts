import { SessionBootstrap } from '#contract/call/bootstrap.ts';
import { readIceServers } from '#contract/call/http.ts';
import { errors, type Refusal } from '#contract/errors.ts';
import type { SessionId, TabId } from '#contract/ids.ts';
import { readSession } from '#contract/session/http.ts';
import type { Ask } from '#web/http/client.ts';

/** What the screen starts from, with the times at which the session was asked for and came. */
export interface Start {
  readonly bootstrap: SessionBootstrap;
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** The page's own start, when the server has written one into it. */
export function startOfPage(raw: unknown, sessionId: SessionId, pageTimes: () => [number, number]): Start | null {
  const bootstrap = SessionBootstrap.safeParse(raw);
  if (!bootstrap.success || bootstrap.data.session.id !== sessionId) return null;
  const [askedAt, answeredAt] = pageTimes();
  return { bootstrap: bootstrap.data, askedAt, answeredAt };
}

/** When this page was asked for and came, by this computer's clock. */
export function pageTimes(): [number, number] {
  const [page] = performance.getEntriesByType('navigation');
  const now = Date.now();
  if (!(page instanceof PerformanceNavigationTiming) || page.responseStart === 0) return [now, now];
  return [performance.timeOrigin + page.requestStart, performance.timeOrigin + page.responseStart];
}

/**
 * Asks for the session by HTTP, again and again while the server can't be reached; `trouble` is told meanwhile.
 * Null when the page has gone.
 */
export async function askForStart(
  life: AbortSignal,
  { ask, sessionId, tabId, as }: { ask: Ask; sessionId: SessionId; tabId: TabId; as: 'member' | 'code' },
  trouble: (refusal: Refusal) => void,
  pause: (life: AbortSignal, ms: number) => Promise<void>,
): Promise<Start | Refusal | null> {
  const params = { sessionId };
  while (!life.aborted) {
    const askedAt = Date.now();
    const session = await ask(readSession, { params, query: { tabId }, signal: life });
    if (life.aborted) return null;
    if (session.ok) {
      const answeredAt = Date.now();
      const ice = await ask(readIceServers, { params, signal: life });
      const iceServers = ice.ok ? ice.value.iceServers : [];
      // The log comes over the socket from its beginning.
      const events = { events: [], upTo: 0, more: false };
      const bootstrap = { session: session.value, events, iceServers, parkedOffer: null, as };
      return { bootstrap, askedAt, answeredAt };
    }
    if (!errors[session.code].retry) return session;
    trouble(session);
    await pause(life, (session.retryAfterSeconds ?? 2) * 1000);
  }
  return null;
}

/** Waits, but not longer than `life`. */
export async function pause(life: AbortSignal, ms: number): Promise<void> {
  if (life.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const timer = setTimeout(end, ms);
  life.addEventListener('abort', end, { once: true });
  await promise;
  clearTimeout(timer);
  life.removeEventListener('abort', end);
}
