import type { ParticipantId, TabId } from '#contract/ids.ts';

/**
 * Which sockets are open for which participant's tab, in this process: presence as it is, not as it was kept.
 * A page may have two for a moment (a reconnect before the old one is noticed dead).
 */
export interface AttachedTabs {
  /** Counts a socket in until the signal ends it; `onLast` runs when the tab's last one is gone. */
  add(participantId: ParticipantId, tabId: TabId, until: AbortSignal, onLast: () => void): void;
  has(participantId: ParticipantId, tabId: TabId): boolean;
  hasAny(participantId: ParticipantId): boolean;
}

/** An empty book of attached tabs. */
export function createAttachedTabs(): AttachedTabs {
  const sockets = new Map<ParticipantId, Map<TabId, number>>();
  const change = (participantId: ParticipantId, tabId: TabId, by: 1 | -1): number => {
    const tabs = sockets.get(participantId) ?? new Map<TabId, number>();
    const left = (tabs.get(tabId) ?? 0) + by;
    if (left > 0) tabs.set(tabId, left);
    else tabs.delete(tabId);
    if (tabs.size > 0) sockets.set(participantId, tabs);
    else sockets.delete(participantId);
    return left;
  };
  return {
    add(participantId, tabId, until, onLast) {
      if (until.aborted) return;
      change(participantId, tabId, 1);
      const gone = () => {
        if (change(participantId, tabId, -1) === 0) onLast();
      };
      until.addEventListener('abort', gone, { once: true });
    },
    has: (participantId, tabId) => sockets.get(participantId)?.has(tabId) ?? false,
    hasAny: (participantId) => sockets.has(participantId),
  };
}
