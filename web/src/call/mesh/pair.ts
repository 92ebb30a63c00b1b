/** Everything between us and one other participant: two links, the way to say signals, and what the screen sees of it. */
import {
  CHANNEL_VERSION,
  type ChannelMessage,
  formatChannelMessage,
  type MediaState,
  type Medium,
  type ParkedOffer,
  type Signal,
} from '#contract/call/index.ts';
import { hear, isPolite, NO_PAGE, type Pages, pairCondition, type Sample } from '#core/call/index.ts';
import type { Delivery, Peer } from '../transport.ts';
import type { Connection } from './connection.ts';
import { createHearing } from './hearing.ts';
import { createLink, type Link } from './link.ts';
import { createOutbox } from './outbox.ts';

export interface PairParts {
  readonly own: { readonly participantId: string; readonly page: string };
  readonly peerId: string;
  nextNumber(): number;
  sawNumber(n: number): void;
  configuration(): RTCConfiguration;
  deliver(signal: Signal): void;
  onChange(): void;
  onMessage(message: ChannelMessage): void;
  /** What we say about our microphone and camera; null until we said something. */
  media(): MediaState | null;
  track(kind: Medium): MediaStreamTrack | null;
}

export interface ParkedConnections {
  readonly audio: Connection;
  readonly video: Connection;
}

export interface Pair {
  readonly view: Peer;
  /** Somebody who looked in, did not join, and went. */
  readonly over: boolean;
  setJoined(joined: boolean): void;
  /** We are the newcomer: begin. */
  connect(): void;
  /** Their parked offer came with our page. */
  answerParked(offer: ParkedOffer): void;
  /** `parked`: our own parked connections, when this signal answers them. */
  receive(signal: Signal, parked: ParkedConnections | null): void;
  attach(kind: Medium): Promise<void>;
  /** What went through both links until now. */
  measure(): Promise<readonly Sample[]>;
  send(message: ChannelMessage, delivery: Delivery): boolean;
  nudge(): void;
  restartIce(): void;
  sayBye(): void;
  close(): void;
}

/** Both answers leave together; a slow one does not keep the other for longer than this. */
const HOLD_ANSWERS_MS = 250;

export function createPair(parentSignal: AbortSignal, parts: PairParts): Pair {
  const ended = new AbortController();
  const signal = AbortSignal.any([parentSignal, ended.signal]);
  const { own, peerId } = parts;
  let pages: Pages = NO_PAGE;
  let joined = false;
  let called = false;
  let media: MediaState | null = null;

  const outbox = createOutbox(signal, (list, broad) =>
    parts.deliver({ page: own.page, to: broad ? null : pages.current, parts: list }),
  );
  const send = (message: ChannelMessage, delivery: Delivery) =>
    links.audio.send(formatChannelMessage(message), delivery);
  const hearMessage = createHearing(
    () => performance.now(),
    (refused) => send(refused, 'reliable'),
  );
  const makeLink = (medium: Medium): Link =>
    createLink(signal, {
      medium,
      polite: isPolite(own.participantId, peerId),
      page: own.page,
      nextNumber: parts.nextNumber,
      configuration: parts.configuration,
      emit: outbox.put,
      onChange: parts.onChange,
      onOpen() {
        send({ kind: 'hello', version: CHANNEL_VERSION }, 'reliable');
        const state = parts.media();
        if (state) send({ kind: 'media-state', ...state }, 'reliable');
      },
      onMessage(data) {
        const message = hearMessage(data);
        if (!message) return;
        if (message.kind === 'media-state') {
          const { microphone, camera, facing } = message;
          media = { microphone, camera, facing };
          parts.onChange();
        }
        parts.onMessage(message);
      },
    });
  const links = { audio: makeLink('audio'), video: makeLink('video') };
  const both = [links.audio, links.video];
  const want = (): void => {
    for (const link of both) link.want(joined || called);
  };
  const attach = (kind: Medium) => links[kind].attach(joined ? parts.track(kind) : null);

  return {
    get view() {
      const connections = { audio: links.audio.condition, video: links.video.condition };
      return {
        id: peerId,
        joined,
        audio: links.audio.stream,
        video: links.video.stream,
        condition: pairCondition(connections.audio, connections.video),
        connections,
        media,
      };
    },
    get over() {
      return !joined && !called && links.audio.over;
    },
    setJoined(next) {
      if (next === joined) return;
      joined = next;
      void attach('audio');
      void attach('video');
      want();
      parts.onChange();
    },
    connect() {
      if (called) return;
      called = true;
      if (pages.current === null) for (const link of both) link.open();
      want();
    },
    answerParked(offer) {
      called = true;
      pages = { ...NO_PAGE, current: offer.page };
      parts.sawNumber(offer.attempt.n);
      const { attempt } = offer;
      const answers = [
        links.audio.receive({ kind: 'offer', connection: 'audio', attempt, round: 0, sdp: offer.audio }),
        links.video.receive({ kind: 'offer', connection: 'video', attempt, round: 0, sdp: offer.video }),
      ];
      outbox.holdFor(Promise.all(answers), HOLD_ANSWERS_MS);
      want();
    },
    receive(incoming, parked) {
      const heard = hear(pages, own.page, incoming, performance.now());
      if (heard.heard === 'no') {
        parked?.audio.close();
        parked?.video.close();
        return;
      }
      pages = heard.pages;
      if (heard.heard === 'new-page') {
        media = null;
        for (const link of both) link.reset();
        outbox.clear();
      }
      if (parked) {
        links.audio.adopt(parked.audio);
        links.video.adopt(parked.video);
      }
      for (const part of incoming.parts) {
        parts.sawNumber(part.attempt.n);
        if (part.kind === 'bye') called = false;
        void links[part.connection].receive(part);
      }
      want();
    },
    attach,
    async measure() {
      const shouldMove = media?.camera === 'on';
      const [audio, video] = await Promise.all([links.audio.count(), links.video.count()]);
      return [
        { ...audio, key: `${peerId} audio`, shouldMove: false },
        { ...video, key: `${peerId} video`, shouldMove },
      ];
    },
    send,
    nudge() {
      for (const link of both) link.nudge();
    },
    restartIce() {
      for (const link of both) link.restartIce();
    },
    sayBye() {
      for (const link of both) link.sayBye();
      outbox.flush();
    },
    close: () => ended.abort(),
  };
}
