import { errors, type Outcome, type Refusal } from '#contract/errors.ts';
import type { SessionId, TabId } from '#contract/ids.ts';
import { endSession, joinSession, leaveSession, type Session } from '#contract/session/http.ts';
import { isAhead, isOpen, isOver } from '#core/session/lifecycle.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { SessionModel } from './session-model.ts';
import type { InMemory } from './tab.ts';

/** Which page of the session is shown. */
export type Screen =
  /** It is asked for or planned: camera and microphone stay closed until it is on. */
  | { readonly at: 'ahead' }
  /** A direct call of one's own that rings: it goes in by itself as soon as somebody has answered. */
  | { readonly at: 'calling' }
  | { readonly at: 'before'; readonly joining: boolean; readonly refusal: Refusal | null }
  /** A reload, or a connection that was away for long: going back in without asking. */
  | { readonly at: 'returning'; readonly refusal: Refusal | null }
  | { readonly at: 'in' }
  /** Another tab of the same person has the session. */
  | { readonly at: 'elsewhere'; readonly bringing: boolean }
  | { readonly at: 'out'; readonly how: 'left' | 'over' }
  /** This person may not see the session any more; `after` says how they were out of it before, if they were. */
  | { readonly at: 'gone'; readonly after: 'left' | 'over' | null };

/** As much of the realtime connection as decides who is in. */
export interface Attachment {
  /** Makes this page's socket the presence in the session; repeated after each reconnection. */
  attach(): Promise<Outcome<unknown>>;
  /** Calls back whenever the socket is connected (again). */
  onConnected(listener: () => void): void;
  /** Calls back when another tab took the session over. */
  onMoved(listener: () => void): void;
}

export interface ScreenParts {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  readonly tabId: TabId;
  readonly memory: InMemory;
  readonly facts: SessionModel;
  readonly attachment: Attachment;
  readonly now: () => number;
  /** Waits before asking again; ends at once when the page goes. */
  readonly pause: (life: AbortSignal, ms: number) => Promise<void>;
}

export interface ScreenModel {
  readonly screen: ReadableStore<Screen>;
  /** A planned session: the person does not want to wait for its time. */
  prepare(): void;
  /** Joins; `move` brings the session here from another tab. Keeps trying while the server can't be reached. */
  join(move?: boolean): Promise<void>;
  /** Leaves; the page goes at once, the server hears of it as soon as it can. */
  leave(): Promise<void>;
  /** Ends the session for all. The refusal, if there is one, is for the person to read. */
  end(): Promise<Refusal | null>;
  /** The session was taken from this person's sight. */
  gone(): void;
}

const RETRY_MS = [500, 1000, 2000, 4000];

/** Decides which page is shown: before, in, elsewhere, out; and keeps this tab in while it should be in. */
export function createScreenModel(life: AbortSignal, parts: ScreenParts): ScreenModel {
  const { ask, sessionId, tabId, memory, facts, attachment, now, pause } = parts;
  const screen = createStore<Screen>(firstScreen(parts));
  /** The log is believed about our own leaving only from this event on: older ones tell of an earlier stay. */
  let inSince = 0;
  let wish: AbortController | null = null;

  const over = () => {
    wish?.abort();
    memory.forget();
    screen.set({ at: 'out', how: 'over' });
  };

  const newWish = () => {
    wish?.abort();
    wish = new AbortController();
    return AbortSignal.any([life, wish.signal]);
  };

  const wentIn = (session: Session, askedAt: number) => {
    facts.adopt(session, askedAt, now());
    inSince = session.lastSeq;
    memory.remember(sessionId);
    screen.set({ at: 'in' });
    void takePlace();
  };

  const goIn = async (move: boolean, show: (refusal: Refusal | null) => void) => {
    const wanted = newWish();
    const requestId = newRequestId();
    for (let attempt = 0; !wanted.aborted; attempt += 1) {
      const askedAt = now();
      const reply = await ask(joinSession, {
        params: { sessionId },
        body: { requestId, tabId, move },
        signal: wanted,
      });
      if (wanted.aborted) return;
      if (reply.ok) return wentIn(reply.value, askedAt);
      if (!worthWaiting(reply)) return stayOut(reply);
      show(reply);
      await pause(wanted, waitFor(reply, attempt));
    }
  };

  const gone = () => {
    const now = screen.get();
    if (now.at === 'gone') return;
    wish?.abort();
    memory.forget();
    screen.set({ at: 'gone', after: now.at === 'out' ? now.how : null });
  };

  const stayOut = (refusal: Refusal) => {
    if (refusal.code === 'not-found') return gone();
    if (isOver(facts.log.get().status ?? 'waiting')) return over();
    memory.forget();
    screen.set({ at: 'before', joining: false, refusal });
  };

  const comeBack = () => {
    screen.set({ at: 'returning', refusal: null });
    return goIn(false, (refusal) => screen.set({ at: 'returning', refusal }));
  };

  const answered = async () => {
    if (wish !== null) return;
    await goIn(false, (refusal) => screen.set({ at: 'before', joining: true, refusal }));
  };

  const takePlace = async () => {
    // Whoever calls is there as long as their page is.
    if (screen.get().at === 'calling') return void attachment.attach();
    if (screen.get().at !== 'in') return;
    const reply = await attachment.attach();
    if (life.aborted || reply.ok || screen.get().at !== 'in') return;
    if (reply.code === 'not-joined') await comeBack();
  };

  const elsewhere = () => {
    if (screen.get().at !== 'in' && screen.get().at !== 'returning') return;
    wish?.abort();
    memory.forget();
    screen.set({ at: 'elsewhere', bringing: false });
  };

  attachment.onConnected(() => void takePlace());
  attachment.onMoved(elsewhere);
  // Moved while this tab had no connection and could not be told: the session says so when it is read again.
  const stopReading = facts.session.subscribe(() => {
    if (facts.session.get().you.inAnotherTab && screen.get().at === 'in') elsewhere();
  });
  life.addEventListener('abort', stopReading, { once: true });
  const stopHearing = facts.log.subscribe(() => {
    const { status, lastSeq, participants } = facts.log.get();
    const { at } = screen.get();
    if (status !== null && isOver(status)) {
      if (at !== 'out' && at !== 'gone') over();
      return;
    }
    if (at === 'calling' && status !== null && isOpen(status)) return void answered();
    // It was accepted, or somebody has come: nothing to wait for any more.
    if (at === 'ahead' && status !== null && !isAhead(status))
      return screen.set({ at: 'before', joining: false, refusal: null });
    const own = participants.find((one) => one.id === facts.session.get().you.participantId);
    // Away for longer than the grace: the server counts this tab as left, the person never left.
    if (at === 'in' && lastSeq > inSince && own?.in === false && own.leftBecause !== 'session-ended') void comeBack();
  });
  life.addEventListener('abort', stopHearing, { once: true });
  if (screen.get().at === 'returning') void comeBack();

  return {
    screen,
    prepare() {
      if (screen.get().at === 'ahead') screen.set({ at: 'before', joining: false, refusal: null });
    },
    async join(move = false) {
      const { at } = screen.get();
      if (at === 'in' || at === 'returning') return;
      const waiting = (refusal: Refusal | null) => {
        const bringing = at === 'elsewhere' && refusal === null;
        screen.set(bringing ? { at, bringing } : { at: 'before', joining: true, refusal });
      };
      waiting(null);
      await goIn(move, waiting);
    },
    async leave() {
      const wanted = newWish();
      memory.forget();
      screen.set({ at: 'out', how: 'left' });
      const requestId = newRequestId();
      const send = () => ask(leaveSession, { params: { sessionId }, body: { requestId, tabId }, signal: wanted });
      await insist(wanted, send, pause);
    },
    async end() {
      const requestId = newRequestId();
      const send = () => ask(endSession, { params: { sessionId }, body: { requestId } });
      const reply = await insist(life, send, pause, 3);
      if (reply === null || life.aborted) return null;
      if (!reply.ok) return reply;
      over();
      return null;
    },
    gone,
  };
}

function firstScreen({ facts, memory, sessionId }: ScreenParts): Screen {
  const status = facts.log.get().status;
  if (status !== null && isOver(status)) return { at: 'out', how: 'over' };
  const { origin, you } = facts.session.get();
  if (status === 'requested' && origin === 'direct call' && you.as === 'codeUser') return { at: 'calling' };
  // One's own call may have been answered while this page was on its way.
  if (memory.wasIn(sessionId)) return { at: 'returning', refusal: null };
  if (status !== null && isAhead(status)) return { at: 'ahead' };
  return { at: 'before', joining: false, refusal: null };
}

/** A full session is worth another try, but by the person's hand. */
const worthWaiting = (refusal: Refusal) => errors[refusal.code].retry && refusal.code !== 'session-full';

const waitFor = (refusal: Refusal, attempt: number) =>
  refusal.retryAfterSeconds === undefined
    ? (RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 4000)
    : refusal.retryAfterSeconds * 1000;

async function insist<T>(
  wanted: AbortSignal,
  send: () => Promise<Outcome<T>>,
  pause: ScreenParts['pause'],
  attempts = 60,
): Promise<Outcome<T> | null> {
  for (let attempt = 0; !wanted.aborted; attempt += 1) {
    const reply = await send();
    if (reply.ok || !worthWaiting(reply) || attempt + 1 >= attempts) return reply;
    await pause(wanted, waitFor(reply, attempt));
  }
  return null;
}
