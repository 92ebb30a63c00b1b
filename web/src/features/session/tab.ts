import { SessionId, TabId } from '#contract/ids.ts';
import { newRequestId } from '#web/http/request-id.ts';

/** What the browser keeps: for one tab across its reload, or for the device. */
export interface BrowserStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The browser's storage, or one for as long as the page where the browser gives none. */
export function safeStorage(open: () => Storage): BrowserStorage {
  const page = new Map<string, string>();
  const forgetful: BrowserStorage = {
    getItem: (key) => page.get(key) ?? null,
    setItem: (key, value) => void page.set(key, value),
    removeItem: (key) => void page.delete(key),
  };
  try {
    const storage = open();
    // Some browsers have a storage that takes nothing; that shows only when one writes.
    storage.setItem('sightglass.probe', '');
    storage.removeItem('sightglass.probe');
    return storage;
  } catch {
    return forgetful;
  }
}

/** As much of the Web Locks API as is needed here. */
export interface TabLocks {
  request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<unknown>;
}

const TAB = 'sightglass.tab';
const IN = 'sightglass.in';

/**
 * This tab's id: kept over a reload, never shared. A duplicated tab gets a copy of the storage, so the id counts only
 * while its lock can be had; a reloaded page frees the lock within milliseconds, a living twin never does.
 */
export async function claimTab(
  life: AbortSignal,
  storage: BrowserStorage,
  locks: TabLocks | null,
  patienceMs = 400,
): Promise<TabId> {
  const kept = TabId.safeParse(storage.getItem(TAB));
  if (kept.success && (await hold(life, kept.data, locks, patienceMs))) return kept.data;
  const fresh = TabId.parse(newRequestId());
  storage.setItem(TAB, fresh);
  await hold(life, fresh, locks, patienceMs);
  return fresh;
}

async function hold(life: AbortSignal, tab: TabId, locks: TabLocks | null, patienceMs: number): Promise<boolean> {
  if (locks === null) return true;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const patience = AbortSignal.timeout(patienceMs);
  locks
    .request(`sightglass.tab.${tab}`, { signal: patience }, () => {
      resolve(true);
      return new Promise<void>((free) => life.addEventListener('abort', () => free(), { once: true }));
    })
    .catch(() => resolve(false));
  return promise;
}

/** Remembers which session this tab is in, so that a reload goes straight back. */
export interface InMemory {
  wasIn(session: SessionId): boolean;
  remember(session: SessionId): void;
  forget(): void;
}

/** Keeps the memory in the tab's storage. */
export function inMemory(storage: BrowserStorage): InMemory {
  return {
    wasIn: (session) => SessionId.safeParse(storage.getItem(IN)).data === session,
    remember: (session) => storage.setItem(IN, session),
    forget: () => storage.removeItem(IN),
  };
}
