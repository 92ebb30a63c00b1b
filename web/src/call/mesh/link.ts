/**
 * One of the two connections of a pair over its whole life: negotiates attempt after attempt, and looks after itself
 * when it is not up. What to do is decided in core/call; here it is done, one step after the other.
 */
import type { Medium, SignalPart } from '#contract/call/index.ts';
import {
  type Condition,
  type ConnectionCounts,
  type ConnectionState,
  concerns,
  conditionOf,
  IDLE,
  type Negotiation,
  noCounts,
  onAnswer,
  onCandidates,
  onOffer,
  openAttempt,
  openRound,
  remedy,
} from '#core/call/index.ts';
import type { Delivery } from '../transport.ts';
import { type Connection, createConnection } from './connection.ts';

export interface LinkParts {
  readonly medium: Medium;
  readonly polite: boolean;
  /** Our own page. */
  readonly page: string;
  /** A number higher than that of every attempt seen by this page. */
  nextNumber(): number;
  configuration(): RTCConfiguration;
  /** `broad`: also to a page of the other side that we have not heard of. */
  emit(part: SignalPart, broad?: boolean): void;
  onChange(): void;
  onOpen(): void;
  onMessage(data: unknown): void;
}

export interface Link {
  readonly condition: Condition;
  /** It was begun and has come to an end; only wanting it will begin it again. */
  readonly over: boolean;
  readonly stream: MediaStream | null;
  /** Opens a new attempt. */
  open(): void;
  /** Takes over a connection whose offer was parked, as if we had offered it to this peer. */
  adopt(connection: Connection): void;
  receive(part: SignalPart): Promise<void>;
  attach(track: MediaStreamTrack | null): Promise<void>;
  /** What went through the connection there is; nothing while there is none. */
  count(): Promise<ConnectionCounts>;
  send(text: string, delivery: Delivery): boolean;
  /** Whether we want to be connected: only then it looks after itself. */
  want(wanted: boolean): void;
  nudge(): void;
  /** Our network has changed. */
  restartIce(): void;
  /** The other side is another page now: nothing negotiated before counts. */
  reset(): void;
  /** Tells the other side that this ends here. */
  sayBye(): void;
}

type Offer = Extract<SignalPart, { kind: 'offer' }>;
type Candidates = Extract<SignalPart, { kind: 'candidates' }>;

const HELD_LIMIT = 20;
const NUDGE_AFTER = 700;
/** A step of a peer connection that takes longer than this will never end. */
const STEP_LIMIT = 10_000;

export function createLink(signal: AbortSignal, parts: LinkParts): Link {
  const { medium, polite } = parts;
  let negotiation: Negotiation = IDLE;
  let connection: Connection | null = null;
  let held: Candidates[] = [];
  let track: MediaStreamTrack | null = null;
  let stream: MediaStream | null = null;
  let begun = false;
  let wanted = false;
  let wasConnected = false;
  let rebuilds = 0;
  let repeats = 0;
  let state: ConnectionState = 'closed';
  let stateAt = performance.now();
  let offeredAt: number | null = null;
  let restartedAt: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let steps = 0;
  let work: Promise<void> = Promise.resolve();
  /** Ends the step under way: on a connection that was closed meanwhile it would never come to its end. */
  let cut: () => void = () => {};
  /** Counts the other side's pages: a step that was planned for an older one is not taken. */
  let era = 0;

  const notice = (): void => {
    const next = connection?.state ?? 'closed';
    if (next !== state) {
      state = next;
      stateAt = performance.now();
    }
    if (state === 'connected') {
      wasConnected = true;
      rebuilds = 0;
      restartedAt = null;
    }
    parts.onChange();
    look();
  };

  const drop = (): void => {
    connection?.close();
    connection = null;
    stream = null;
    notice();
  };

  const use = (next: Connection, seen = false): void => {
    connection?.close();
    begun = true;
    connection = next;
    stream = null;
    state = next.state;
    stateAt = performance.now();
    offeredAt = null;
    restartedAt = null;
    next.hear(
      {
        onState: notice,
        onStream(remote) {
          stream = remote;
          parts.onChange();
        },
        onCandidate: (candidate, round) =>
          parts.emit({ kind: 'candidates', connection: medium, attempt: next.attempt, round, candidates: [candidate] }),
        onOpen: parts.onOpen,
        onMessage: parts.onMessage,
      },
      seen,
    );
    void next.attach(track);
  };

  /** One step after the other; a step that fails or hangs ends the connection, which is then made anew. */
  const step = (job: () => Promise<void> | void): Promise<void> => {
    steps += 1;
    const of = era;
    work = work.then(async () => {
      if (signal.aborted) return;
      if (of !== era) {
        steps -= 1;
        return look();
      }
      let limit: ReturnType<typeof setTimeout> | undefined;
      try {
        await Promise.race([
          job(),
          new Promise<void>((resolve, reject) => {
            cut = resolve;
            limit = setTimeout(() => reject(new Error('A step of the connection hangs')), STEP_LIMIT);
          }),
        ]);
      } catch {
        drop();
      }
      clearTimeout(limit);
      steps -= 1;
      parts.onChange();
      look();
    });
    return work;
  };

  const place = () => ({
    connection: medium,
    attempt: negotiation.phase === 'idle' ? { n: 1, by: parts.page } : negotiation.attempt,
    round: negotiation.phase === 'idle' ? 0 : negotiation.round,
  });
  const emitOffer = (broad = false): void => {
    offeredAt = performance.now();
    if (connection?.localSdp) parts.emit({ kind: 'offer', ...place(), sdp: connection.localSdp }, broad);
  };
  const emitAnswer = (): void => {
    if (connection?.localSdp) parts.emit({ kind: 'answer', ...place(), sdp: connection.localSdp });
  };
  const releaseHeld = (): void => {
    for (const candidates of held.splice(0)) takeCandidates(candidates);
  };

  const open = async (): Promise<void> => {
    const begun = openAttempt({ n: parts.nextNumber(), by: parts.page });
    const next = createConnection(medium, begun.attempt, 'opener', parts.configuration);
    negotiation = begun;
    use(next);
    repeats = 0;
    await next.offer(0);
    if (connection === next) emitOffer();
  };

  const restart = async (): Promise<void> => {
    const next = openRound(negotiation);
    const own = connection;
    if (!next || !own) return;
    negotiation = next;
    repeats = 0;
    restartedAt = performance.now();
    await own.offer(next.round);
    if (connection === own) emitOffer();
  };

  const takeOffer = async (offer: Offer): Promise<void> => {
    const { act, next } = onOffer(negotiation, polite, offer);
    negotiation = next;
    if (act === 'repeat-offer') emitOffer();
    if (act === 'repeat-answer') emitAnswer();
    if (act === 'reopen') return open();
    if (act === 'ask-restart')
      parts.emit({ kind: 'restart', connection: medium, attempt: offer.attempt, round: offer.round });
    if (act === 'open') use(createConnection(medium, offer.attempt, 'answerer', parts.configuration));
    if (act !== 'open' && act !== 'answer') return;
    offeredAt = null;
    const own = connection;
    await own?.answer(offer.round, offer.sdp);
    if (connection !== own) return;
    emitAnswer();
    releaseHeld();
  };

  function takeCandidates(candidates: Candidates): void {
    const act = onCandidates(negotiation, connection?.remoteRound ?? -1, candidates);
    if (act === 'add') connection?.add(candidates.candidates);
    if (act === 'hold') held = [...held, candidates].slice(-HELD_LIMIT);
  }

  const take = async (part: SignalPart): Promise<void> => {
    switch (part.kind) {
      case 'offer':
        return takeOffer(part);
      case 'answer': {
        const { act, next } = onAnswer(negotiation, part);
        negotiation = next;
        if (act === 'ask-restart') {
          parts.emit({ kind: 'restart', connection: medium, attempt: part.attempt, round: part.round });
        }
        if (act !== 'apply') return;
        offeredAt = null;
        await connection?.accept(part.round, part.sdp);
        return releaseHeld();
      }
      case 'candidates':
        return takeCandidates(part);
      case 'restart':
        return concerns(negotiation, part) ? open() : undefined;
      case 'bye':
        if (!concerns(negotiation, part)) return;
        negotiation = IDLE;
        return drop();
    }
  };

  function look(): void {
    clearTimeout(timer);
    // Whatever is under way looks again when it is done.
    if (signal.aborted || steps > 0) return;
    const now = performance.now();
    const next = remedy({
      wanted,
      phase: negotiation.phase,
      state,
      stateFor: now - stateAt,
      offeredFor: offeredAt === null ? null : now - offeredAt,
      repeats,
      restartedFor: restartedAt === null ? null : now - restartedAt,
      rebuilds,
      polite,
    });
    act(next.act, next.act === 'wait' ? next.ms : 0);
  }

  function act(what: ReturnType<typeof remedy>['act'], ms: number): void {
    if (what === 'wait') timer = setTimeout(look, ms);
    if (what === 'restart') void step(restart);
    if (what === 'rebuild') {
      rebuilds += 1;
      void step(open);
    }
    if (what === 'repeat') {
      repeats += 1;
      emitOffer(true);
      look();
    }
  }

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    connection?.close();
    connection = null;
  });

  return {
    get condition() {
      return conditionOf({ state, wasConnected, rebuilds });
    },
    get over() {
      return begun && steps === 0 && (state === 'closed' || state === 'failed');
    },
    get stream() {
      return stream;
    },
    open: () => void step(open),
    adopt(parked) {
      // Newer than the parked offer: whoever answered it will follow to the attempt there is.
      if (negotiation.phase !== 'idle') return parked.close();
      negotiation = openAttempt(parked.attempt);
      use(parked, true);
      offeredAt = performance.now();
      repeats = 0;
    },
    receive: (part) => step(() => take(part)),
    attach(next) {
      track = next;
      return connection?.attach(next) ?? Promise.resolve();
    },
    count: async () => connection?.count() ?? noCounts,
    send: (text, delivery) => connection?.send(text, delivery) ?? false,
    want(next) {
      if (next === wanted) return;
      wanted = next;
      if (state !== 'connected') stateAt = performance.now();
      look();
    },
    nudge() {
      if (!wanted || steps > 0) return;
      if (offeredAt !== null) {
        // Just said: its answer may be on the way.
        if (performance.now() - offeredAt > NUDGE_AFTER) act('repeat', 0);
      } else if (state === 'closed') act('rebuild', 0);
      else if (state === 'failed' || state === 'disconnected') act('restart', 0);
    },
    restartIce: () => void step(restart),
    reset() {
      era += 1;
      negotiation = IDLE;
      held = [];
      offeredAt = null;
      drop();
      cut();
    },
    sayBye() {
      if (negotiation.phase !== 'idle') parts.emit({ kind: 'bye', ...place() });
    },
  };
}
