import type { z } from 'zod/mini';
import { enterCode, openCode } from '#contract/access/http.ts';
import type { Refusal } from '#contract/errors.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { DrawerStorage } from '#web/stream/outbox-drawer.ts';
import { type Key, keyOfTyped } from './code-key.ts';

export type Opened = z.infer<typeof openCode.reply>;

/** Who this device is at this code. */
export interface Visitor {
  readonly organization: string;
  readonly code: Opened['code'];
  readonly name: string;
  readonly deviceId: string;
}

/** Where the person is on the way in. */
export type Entrance =
  | { readonly state: 'opening' }
  | { readonly state: 'typing'; readonly busy: boolean; readonly refusal: Refusal | null }
  | { readonly state: 'unreachable'; readonly refusal: Refusal }
  | { readonly state: 'closed' }
  | { readonly state: 'naming'; readonly opened: Opened; readonly busy: boolean; readonly refusal: Refusal | null }
  | { readonly state: 'inside'; readonly visitor: Visitor };

export interface CodePage extends ReadableStore<Entrance> {
  /** The short code, typed by hand. */
  type(typed: string): Promise<void>;
  /** Gives the display name, at the beginning or later. Resolves to the refusal, or null when it is done. */
  giveName(name: string): Promise<Refusal | null>;
  retry(): Promise<void>;
}

export interface CodePageParts {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly key: Key | null;
  readonly storage: DrawerStorage | null;
  /** Puts the code's own address into the address bar, so that a reload comes back here. */
  readonly showPath: (path: string) => void;
}

const DEVICE_KEY = 'sightglass.device';

/** The way into a code: by its link or its short code, the name given once per device. */
export function openCodePage(signal: AbortSignal, parts: CodePageParts): CodePage {
  const { ask, connection, storage, showPath } = parts;
  const store = createStore<Entrance>(
    parts.key === null ? { state: 'typing', busy: false, refusal: null } : { state: 'opening' },
  );
  const set = (next: Entrance) => {
    if (!signal.aborted) store.set(next);
  };
  let key = parts.key;

  const open = async (wanted: Key) => {
    const typed = 'shortCode' in wanted;
    set(typed ? { state: 'typing', busy: true, refusal: null } : { state: 'opening' });
    const outcome = await ask(openCode, { body: wanted, signal });
    if (!outcome.ok) {
      if (typed) return set({ state: 'typing', busy: false, refusal: outcome });
      const gone = outcome.code === 'not-found' || outcome.code === 'malformed';
      return set(gone ? { state: 'closed' } : { state: 'unreachable', refusal: outcome });
    }
    key = wanted;
    showPath(outcome.value.code.linkPath);
    const { displayName, entered } = outcome.value;
    const deviceId = storage?.getItem(DEVICE_KEY) ?? null;
    if (displayName === null) return set({ state: 'naming', opened: outcome.value, busy: false, refusal: null });
    if (entered && deviceId !== null) return inside(outcome.value, displayName, deviceId);
    // Known on this device from another code: the name is not asked for again.
    const refusal = await enter(wanted, outcome.value, displayName);
    if (refusal !== null) set({ state: 'unreachable', refusal });
  };

  const enter = async (by: Key, opened: Opened, displayName: string): Promise<Refusal | null> => {
    const outcome = await ask(enterCode, { body: { requestId: newRequestId(), key: by, displayName }, signal });
    if (!outcome.ok) return outcome;
    rememberDevice(storage, outcome.value.deviceId);
    inside(opened, outcome.value.displayName, outcome.value.deviceId);
    // The socket was opened before this device had its cookie.
    connection.reconnect();
    return null;
  };

  const inside = ({ organization, code }: Opened, name: string, deviceId: string) =>
    set({ state: 'inside', visitor: { organization: organization.name, code, name, deviceId } });

  const retry = async () => {
    if (key !== null) await open(key);
  };
  connection.on(signal, 'access-changed', () => {
    // The code may have been switched off or rotated just now: ask, but don't disturb while it is still good.
    if (store.get().state === 'inside') void recheck();
  });
  const recheck = async () => {
    if (key === null) return;
    const outcome = await ask(openCode, { body: key, signal });
    if (!outcome.ok && outcome.code === 'not-found') set({ state: 'closed' });
  };
  if (key !== null) void open(key);

  return {
    get: store.get,
    subscribe: store.subscribe,
    retry,
    async type(typed) {
      const wanted = keyOfTyped(typed);
      if (wanted === null) set({ state: 'typing', busy: false, refusal: { ok: false, code: 'malformed' } });
      else await open(wanted);
    },
    async giveName(name) {
      const now = store.get();
      if (key === null) return null;
      if (now.state === 'naming') {
        set({ ...now, busy: true, refusal: null });
        const refusal = await enter(key, now.opened, name);
        if (refusal?.code === 'not-found') set({ state: 'closed' });
        else if (refusal !== null) set({ ...now, busy: false, refusal });
        return refusal;
      }
      if (now.state !== 'inside') return null;
      const { organization, code } = now.visitor;
      return enter(key, { organization: { name: organization }, code, displayName: name, entered: true }, name);
    },
  };
}

function rememberDevice(storage: DrawerStorage | null, deviceId: string): void {
  try {
    storage?.setItem(DEVICE_KEY, deviceId);
  } catch {
    // Not kept: it is asked for again at the next visit.
  }
}
