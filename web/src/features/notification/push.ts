import type { Outcome, Refusal } from '#contract/errors.ts';
import { PushSubscription, pushKey, subscribeToPush, unsubscribeFromPush } from '#contract/notification/http.ts';
import type { Ask } from '#web/http/client.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** `unsupported`: this browser, or this address without https, has no push messages. `blocked`: the person has said no to the browser. */
export interface PushState {
  readonly at: 'looking' | 'unsupported' | 'blocked' | 'off' | 'on';
  readonly busy: boolean;
  /** Why it could not be switched; `browser`: the browser's own push service did not answer. */
  readonly refusal: Refusal | 'browser' | null;
}

export interface Push extends ReadableStore<PushState> {
  /** Asks for the permission: only as the answer to a click. */
  turnOn(): Promise<void>;
  turnOff(): Promise<void>;
}

export interface PushParts {
  readonly ask: Ask;
  /** Whose push messages these are: another person in the same browser begins with none. */
  readonly owner: string;
  /** The part of the site that they are for; each has a registration of its own. */
  readonly scope: '/' | '/c/';
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
}

const WORKER = '/push-worker.js';

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && typeof Notification !== 'undefined';

/** Push messages of this browser for this person. */
export function openPush(signal: AbortSignal, parts: PushParts): Push {
  const { ask, owner, scope, storage } = parts;
  const mark = `sightglass.push.${scope}`;
  const store = createStore<PushState>({ at: 'looking', busy: false, refusal: null });
  const set = (next: PushState) => {
    if (!signal.aborted) store.set(next);
  };
  const rest = (): PushState['at'] => (Notification.permission === 'denied' ? 'blocked' : 'off');

  const look = async () => {
    if (!isSupported()) return set({ at: 'unsupported', busy: false, refusal: null });
    const found = await subscriptionAt(scope);
    const isMine = found !== null && storage?.getItem(mark) === owner && Notification.permission === 'granted';
    set({ at: isMine ? 'on' : rest(), busy: false, refusal: null });
  };

  const subscribe = async (): Promise<Outcome<unknown>> => {
    const key = await ask(pushKey, {});
    if (!key.ok) return key;
    const registration = await navigator.serviceWorker.register(WORKER, { scope });
    await activeOf(registration);
    // One that was made for another server key, or for somebody else, is not ours to go on with.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    const applicationServerKey = key.value.publicKey;
    const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    return ask(subscribeToPush, { body: PushSubscription.parse(made.toJSON()) });
  };

  void look();
  return {
    get: store.get,
    subscribe: store.subscribe,
    async turnOn() {
      set({ at: store.get().at, busy: true, refusal: null });
      if ((await Notification.requestPermission()) !== 'granted')
        return set({ at: rest(), busy: false, refusal: null });
      try {
        const outcome = await subscribe();
        if (outcome.ok) storage?.setItem(mark, owner);
        set({ at: outcome.ok ? 'on' : 'off', busy: false, refusal: outcome.ok ? null : outcome });
      } catch {
        set({ at: 'off', busy: false, refusal: 'browser' });
      }
    },
    async turnOff() {
      set({ at: 'on', busy: true, refusal: null });
      await forgetPush(ask, scope, storage);
      set({ at: rest(), busy: false, refusal: null });
    },
  };
}

/** Ends this browser's push messages; the server forgets it too, at the latest when it next tries to send one. */
async function forgetPush(ask: Ask, scope: PushParts['scope'], storage: PushParts['storage']): Promise<void> {
  storage?.removeItem(`sightglass.push.${scope}`);
  const found = await subscriptionAt(scope);
  if (found === null) return;
  await ask(unsubscribeFromPush, { query: { endpoint: found.endpoint } });
  await found.unsubscribe().catch(() => false);
}

/**
 * Tells the server again which browser this is, where this person had chosen it: a login has an end, and push services
 * exchange addresses. Where somebody else had chosen it, it is ended.
 */
export async function renewPush({ ask, owner, scope, storage }: PushParts): Promise<void> {
  const kept = storage?.getItem(`sightglass.push.${scope}`) ?? null;
  if (kept === null || !isSupported()) return;
  if (kept !== owner) return forgetPush(ask, scope, storage);
  const found = await subscriptionAt(scope);
  if (found === null) return;
  const body = PushSubscription.safeParse(found.toJSON());
  if (body.success) await ask(subscribeToPush, { body: body.data });
}

async function subscriptionAt(scope: string) {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  // The desk's whole site is a part of: a page below /c/ is not its own registration then.
  if (registration === undefined || new URL(registration.scope).pathname !== scope) return null;
  return registration.pushManager.getSubscription();
}

/** Push messages can be asked for once the worker is active. */
async function activeOf(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active !== null || worker === null) return;
  await new Promise<void>((resolve) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    });
  });
}
