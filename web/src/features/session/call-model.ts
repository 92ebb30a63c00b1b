import type { ChannelMessage, MediaState, Medium, ParkedOffer } from '#contract/call/index.ts';
import type { Sample } from '#core/call/index.ts';
import type { Delivery, MediaTransport, Peer } from '#web/call/index.ts';
import { createStore, type Readable, watch } from '#web/state/store.ts';
import type { ScreenModel } from './screen-model.ts';
import type { SessionModel } from './session-model.ts';

/** What we send: a track or nothing for each medium, and what we say about it. */
export interface OwnMedia {
  readonly tracks: Readable<Readonly<Record<Medium, MediaStreamTrack | null>>>;
  readonly media: Readable<MediaState>;
}

export interface CallParts {
  readonly facts: SessionModel;
  readonly screen: Pick<ScreenModel, 'screen'>;
  readonly own: OwnMedia;
  /** The waiting side's offer that came with the page. */
  readonly parkedOffer: ParkedOffer | null;
  /** Opens the way to the others; it ends with the signal. */
  readonly openTransport: (life: AbortSignal, participantId: string, parked: ParkedOffer | null) => MediaTransport;
  /** Calls back whenever the server can be reached again. */
  readonly onConnected: (life: AbortSignal, run: () => void) => void;
}

export interface CallModel {
  readonly peers: Readable<readonly Peer[]>;
  /** There is a transport: signals of others are for us. */
  readonly warm: Readable<boolean>;
  /** What the connections have counted until now; nothing while there is no call. */
  measure(): Promise<readonly Sample[]>;
  /** Straight to one other page, or with null to all; false if nobody could get it now. */
  send(to: string | null, message: ChannelMessage, delivery: Delivery): boolean;
  /** Hears what other pages say straight to this one, over every stay, until `life` ends. */
  onMessage(life: AbortSignal, listener: (from: string, message: ChannelMessage) => void): void;
}

/**
 * Keeps the media going as long as this tab is in the session. With a parked offer the connection is warmed up before
 * the person has joined; nothing of theirs flows until they have.
 */
export function createCallModel(life: AbortSignal, parts: CallParts): CallModel {
  const { facts, screen, own, parkedOffer, openTransport, onConnected } = parts;
  const peers = createStore<readonly Peer[]>([]);
  const warm = createStore(false);
  const listeners = new Set<(from: string, message: ChannelMessage) => void>();
  let open: { readonly transport: MediaTransport; readonly end: AbortController; joined: boolean } | null = null;

  const start = (parked: ParkedOffer | null) => {
    const { participantId } = facts.session.get().you;
    if (open !== null || participantId === null) return;
    const end = new AbortController();
    const until = AbortSignal.any([life, end.signal]);
    const transport = openTransport(until, participantId, parked);
    open = { transport, end, joined: false };
    warm.set(true);
    watch(until, transport.peers, peers.set);
    transport.onMessage(until, (from, message) => {
      for (const listener of [...listeners]) listener(from, message);
    });
    watch(until, own.media, transport.announce);
    onConnected(until, transport.nudge);
  };

  const stop = () => {
    if (open === null) return;
    open.transport.close();
    open.end.abort();
    open = null;
    warm.set(false);
    peers.set([]);
  };

  const others = () => facts.people.get().filter((one) => !one.own && one.presence !== 'left');

  const goIn = () => {
    start(null);
    if (open === null || open.joined) return;
    const { transport, end } = open;
    open.joined = true;
    const until = AbortSignal.any([life, end.signal]);
    const sent: Record<Medium, MediaStreamTrack | null> = { audio: null, video: null };
    watch(until, own.tracks, (tracks) => {
      for (const kind of ['audio', 'video'] as const) {
        if (tracks[kind] === sent[kind]) continue;
        sent[kind] = tracks[kind];
        void transport.publish(kind, tracks[kind]);
      }
    });
    // Who was there before us waits for us to begin; whoever comes later begins with us.
    const before = others().map((one) => one.id);
    transport.setJoined(before);
    for (const id of before) transport.connect(id);
    // Whose presence comes back looks after the connection from there (a reload begins anew, a new network nudges):
    // doing it from both ends at once only makes two attempts that get into each other's way.
    watch(until, facts.people, () => {
      const now = others();
      transport.setJoined(now.map((one) => one.id));
      if (now.length === 0) void transport.park();
    });
  };

  if (parkedOffer !== null && !facts.session.get().you.inAnotherTab && screen.screen.get().at !== 'out')
    start(parkedOffer);
  watch(life, screen.screen, ({ at }) => {
    // After a reload the others are known from the page: the connections begin while the server is still being asked.
    if (at === 'in' || at === 'returning') goIn();
    // It was refused: another tab has the session.
    if (at === 'before' && open?.joined) stop();
    if (at === 'out' || at === 'elsewhere' || at === 'gone') stop();
  });
  // A page that is left says good-bye, so that nobody waits for a picture that won't come.
  life.addEventListener('abort', stop, { once: true });

  return {
    peers,
    warm,
    measure: async () => open?.transport.measure() ?? [],
    send: (to, message, delivery) => open?.transport.send(to, message, delivery) ?? false,
    onMessage(until, listener) {
      listeners.add(listener);
      until.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
  };
}
