import * as z from 'zod/mini';
import { errors, type Refusal } from '#contract/errors.ts';
import { CodeId, RequestId, TicketId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import { createRequest, type SessionRequest } from '#contract/request/http.ts';
import { Email, MessageText, Subject } from '#contract/text.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { DrawerStorage } from '#web/stream/outbox-drawer.ts';
import { instantOf, type TimeTrouble, timeTrouble } from './times.ts';

/** Where a session is asked for: at a code, or in a ticket of it. */
const WishPlace = z.union([z.object({ code: CodeId }), z.object({ ticket: TicketId })]);
export type WishPlace = z.infer<typeof WishPlace>;

const Wish = z.object({
  subject: z.string(),
  words: z.string(),
  /** As the browser's field for day and time has it; null: as soon as possible. */
  when: z.nullable(z.string()),
  email: z.string(),
});
/** What is being asked for, as it was typed. */
export type Wish = z.infer<typeof Wish>;
const Kept = z.object({ place: WishPlace, wish: Wish, requestId: RequestId, sent: z.boolean() });

export const emptyWish: Wish = { subject: '', words: '', when: null, email: '' };

/** What is wrong with the fields: words for them are chosen where they are shown. */
export interface WishTroubles {
  readonly subject?: 'missing' | 'signs';
  /** `long`: so many characters too many. */
  readonly words?: 'signs' | { readonly over: number };
  readonly when?: TimeTrouble;
  readonly email?: 'wrong';
}

export interface WishState {
  readonly wish: Wish;
  /** `waiting`: sent, and sent again by itself as soon as there is a connection; also after a reload. */
  readonly state: 'writing' | 'sending' | 'waiting';
  /** Filled once somebody has tried to send. */
  readonly troubles: WishTroubles;
  readonly refusal: Refusal | null;
}

export interface WishModel extends ReadableStore<WishState> {
  change(part: Partial<Wish>): void;
  /** Resolves to the request once there is one; null while it is not right, refused, or waits for a connection. */
  send(): Promise<SessionRequest | null>;
}

interface WishParts {
  readonly ask: Ask;
  readonly connection: Pick<Connection, 'onConnected'>;
  readonly place: WishPlace;
  readonly storage: DrawerStorage | null;
  /** Whose wish it is: a device. */
  readonly owner: string;
  readonly now: () => number;
  /** The request was made, also when that happened by itself. */
  readonly onMade: (request: SessionRequest) => void;
}

const prefixOf = (owner: string) => `sightglass.ask-session.${owner}.`;
const keyOf = (owner: string, place: WishPlace) => prefixOf(owner) + ('code' in place ? place.code : place.ticket);

/** Asking for a session: kept on the device with its request id until the server has it, so that it is made once. */
export function openWish(signal: AbortSignal, parts: WishParts): WishModel {
  const { ask, connection, place, storage, now } = parts;
  const key = keyOf(parts.owner, place);
  const kept = readKept(storage, key);
  const store = createStore<WishState>({
    wish: kept?.wish ?? emptyWish,
    state: kept?.sent === true ? 'waiting' : 'writing',
    troubles: {},
    refusal: null,
  });
  let requestId = kept?.requestId ?? RequestId.parse(newRequestId());
  let tried = false;
  const set = (part: Partial<WishState>) => {
    if (!signal.aborted) store.set({ ...store.get(), ...part });
  };
  const keep = (sent: boolean) => {
    try {
      storage?.setItem(key, JSON.stringify({ place, wish: store.get().wish, requestId, sent }));
    } catch {
      // Full or forbidden: it is still on the screen.
    }
  };

  const deliver = async (): Promise<SessionRequest | null> => {
    const { wish } = store.get();
    set({ state: 'sending', refusal: null });
    keep(true);
    const outcome = await ask(createRequest, { body: { requestId, ...bodyOf(wish, place) }, signal });
    if (signal.aborted) return null;
    if (outcome.ok) {
      storage?.removeItem(key);
      parts.onMade(outcome.value);
      return outcome.value;
    }
    const goesOn = outcome.code === 'unavailable';
    keep(goesOn);
    // A request id that has been used for something else, or too often: the next try is another wish.
    if (!errors[outcome.code].retry) requestId = RequestId.parse(newRequestId());
    set({ state: goesOn ? 'waiting' : 'writing', refusal: goesOn ? null : outcome });
    return null;
  };

  connection.onConnected(signal, () => {
    if (store.get().state === 'waiting') void deliver();
  });

  return {
    get: store.get,
    subscribe: store.subscribe,
    change(part) {
      const wish = { ...store.get().wish, ...part };
      // Another text is another wish; the same one, tried again, makes no second request.
      requestId = RequestId.parse(newRequestId());
      set({ wish, state: 'writing', refusal: null, troubles: tried ? troublesOf(wish, now()) : {} });
      keep(false);
    },
    async send() {
      if (store.get().state === 'sending') return null;
      tried = true;
      const troubles = troublesOf(store.get().wish, now());
      set({ troubles });
      return Object.keys(troubles).length > 0 ? null : deliver();
    },
  };
}

/** What is wrong with a wish before it is sent. */
export function troublesOf({ subject, words, when, email }: Wish, now: number): WishTroubles {
  const time = when === null ? null : timeTrouble(when, now);
  return {
    ...(subject.trim() === '' ? { subject: 'missing' } : {}),
    ...(subject.trim() !== '' && !Subject.safeParse(subject).success ? { subject: 'signs' } : {}),
    ...(words.trim() === '' || MessageText.safeParse(words).success ? {} : { words: wordsTrouble(words) }),
    ...(time === null ? {} : { when: time }),
    ...(email.trim() === '' || Email.safeParse(email).success ? {} : { email: 'wrong' }),
  };
}

function wordsTrouble(words: string): WishTroubles['words'] & {} {
  const over = words.trim().length - limits.messageLength;
  return over > 0 ? { over } : 'signs';
}

function bodyOf({ subject, words, when, email }: Wish, place: WishPlace) {
  return {
    place,
    subject,
    ...(words.trim() === '' ? {} : { words }),
    wishedAt: when === null ? null : instantOf(when),
    ...(email.trim() === '' ? {} : { email }),
  };
}

/** Where this owner's wishes wait for a connection. */
export function waitingPlaces(storage: DrawerStorage | null, owner: string): readonly WishPlace[] {
  const keys = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? '');
  const kept = keys.filter((key) => key.startsWith(prefixOf(owner))).map((key) => readKept(storage, key));
  return kept.flatMap((one) => (one?.sent === true ? [one.place] : []));
}

function readKept(storage: DrawerStorage | null, key: string): z.infer<typeof Kept> | null {
  try {
    const read = Kept.safeParse(JSON.parse(storage?.getItem(key) ?? 'null'));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
