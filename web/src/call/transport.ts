/** How sound, picture and data get from page to page. One port; adapters: the mesh (browser to browser), later LiveKit. */
import type { ChannelMessage, MediaState, Medium, ParkedOffer, Signal } from '#contract/call/index.ts';
import type { Condition, Sample } from '#core/call/index.ts';
import type { ReadableStore } from '../state/store.ts';

/** Somebody we have a connection with, or are trying to. */
export interface Peer {
  readonly id: string;
  /** Whether the session says they are in. Before that a connection may already be warm; nothing of ours flows through it. */
  readonly joined: boolean;
  /** Separate streams: the picture must never hold the sound back. A new object whenever the connection behind it is new. */
  readonly audio: MediaStream | null;
  readonly video: MediaStream | null;
  /** The pair as a whole, audio first. */
  readonly condition: Condition;
  readonly connections: { readonly audio: Condition; readonly video: Condition };
  /** What they say about their microphone and camera; null until they have said something. */
  readonly media: MediaState | null;
}

/** `reliable` arrives, in order. `lossy` may be dropped or come late: pointers, strokes in progress. */
export type Delivery = 'reliable' | 'lossy';

export interface MediaTransport {
  readonly peers: ReadableStore<readonly Peer[]>;
  /** Sends this track (or nothing) to everybody who has joined. Never touches the other medium, never negotiates. */
  publish(kind: Medium, track: MediaStreamTrack | null): Promise<void>;
  /** Tells everybody, and whoever comes later, how microphone and camera stand. */
  announce(state: MediaState): void;
  /** Who else is in, by the session's log. Tracks flow to these; who is no longer among them is let go. */
  setJoined(participantIds: readonly string[]): void;
  /** Begins with somebody who was there before us. Everybody else begins with us. */
  connect(participantId: string): void;
  /** We wait: make offers and give them to the server, for whoever opens the page next. */
  park(): Promise<void>;
  /** Looks after every connection that is not up, and parks again, now. For the moment when the server or the other side is back. */
  nudge(): void;
  /** What the connections with all who have joined have counted until now, for the quality of the call. */
  measure(): Promise<readonly Sample[]>;
  /** To one participant, or with null to all; false if nobody could get it now. */
  send(to: string | null, message: ChannelMessage, delivery?: Delivery): boolean;
  onMessage(signal: AbortSignal, listener: (from: string, message: ChannelMessage) => void): void;
  /** Says good-bye and ends everything. Also by the signal it was made with. */
  close(): void;
}

/** The way through the server. Rejections are fine: signals are repeated until they are answered. */
export interface Signaling {
  send(to: string, signal: Signal): Promise<void>;
  /** Calls `listener` for every signal from another participant, parsed or not, until the signal ends it. */
  onSignal(signal: AbortSignal, listener: (from: string, input: unknown) => void): void;
  parkOffer(offer: ParkedOffer): Promise<void>;
}
