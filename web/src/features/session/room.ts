import { i18n } from '@lingui/core';
import { createContext, useContext } from 'react';
import { accepted, refused } from '#contract/errors.ts';
import { SessionId, type TabId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import { readSession, SessionEvent, sayInSession } from '#contract/session/http.ts';
import { createDevices, createMeshTransport } from '#web/call/index.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { createStore, type Readable, watch } from '#web/state/store.ts';
import { followStream } from '#web/stream/followed-stream.ts';
import { openOutbox } from '#web/stream/outbox.ts';
import { deviceStorage as outboxStorage } from '#web/stream/outbox-drawer.ts';
import { createToasts, type Toasts } from '#web/ui/toast-model.ts';
import { type CallModel, createCallModel } from './call-model.ts';
import { type ChatModel, createChatModel } from './chat-model.ts';
import { noticeWords, troubleWords } from './device-words.ts';
import { pause, type Start } from './load.ts';
import { createMenuModel, type MenuModel } from './menu-model.ts';
import { createOwnDevices, isOn, type OwnDevices } from './own-devices.ts';
import { keepPictureTools, type LoadPictureTools, type PictureTools } from './picture-tools.ts';
import { keepQuality } from './report-quality.ts';
import { createScreenModel, type ScreenModel } from './screen-model.ts';
import { createSessionModel, type SessionModel } from './session-model.ts';
import { createShortcuts, type Shortcuts } from './shortcuts.ts';
import { createSignaling, keepIceServers } from './signaling.ts';
import { createSound, type Sound } from './sound.ts';
import { type BrowserStorage, inMemory } from './tab.ts';
import { countUnheard, type Unheard, unheardWords } from './unheard.ts';
import { happenedWords, personName, switchWords } from './words.ts';

/** Everything the session screen shows and does, put together; the components take it from the context. */
export interface Room {
  readonly life: AbortSignal;
  readonly ask: Ask;
  readonly facts: SessionModel;
  readonly screen: ScreenModel;
  readonly own: OwnDevices;
  readonly call: CallModel;
  readonly chat: ChatModel;
  readonly menu: MenuModel;
  readonly sound: Sound;
  readonly shortcuts: Shortcuts;
  readonly toasts: Toasts;
  readonly connection: Connection;
  /** What this page said and others did not hear. */
  readonly unheard: Readable<Unheard>;
  /** A desk, with place for the side menu beside the picture. */
  readonly roomy: boolean;
  /** What this device keeps. */
  readonly kept: BrowserStorage;
  /** What was done by a key or a button, read out to those who don't see it. */
  readonly announced: Readable<string>;
  /** What draws on the pictures; null until its file is here. */
  readonly tools: Readable<PictureTools | null>;
  toggleMicrophone(): void;
  toggleCamera(): void;
  /** The session's description is out of date: asks for it anew. */
  reread(): void;
}

export interface RoomParts {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly tabId: TabId;
  readonly start: Start;
  readonly tabStorage: BrowserStorage;
  readonly deviceStorage: BrowserStorage;
  /** A desk, with place for the side menu beside the picture. */
  readonly roomy: boolean;
  readonly loadTools: LoadPictureTools | null;
}

/** Opens the room of one session; it lives as long as the page. */
export function openRoom(life: AbortSignal, parts: RoomParts): Room {
  const { ask, connection, tabId, start, tabStorage, deviceStorage } = parts;
  const { session, events, parkedOffer, iceServers } = start.bootstrap;
  const sessionId = session.id;
  const params = { sessionId };

  const facts = createSessionModel(session, start.askedAt, start.answeredAt);
  facts.hear(events.events);
  const attach = () => connection.ask('attach', { sessionId, tabId });
  const screen = createScreenModel(life, {
    ask,
    sessionId,
    tabId,
    facts,
    memory: inMemory(tabStorage),
    now: Date.now,
    pause,
    attachment: {
      attach,
      onConnected: (run) => connection.onConnected(life, run),
      onMoved: (run) => connection.on(life, 'moved', (tell) => tell.sessionId === sessionId && run()),
    },
  });

  const own = createOwnDevices(life, (until) => createDevices(until), tabStorage);
  const ice = keepIceServers(life, { ask, sessionId }, iceServers);
  const signaling = createSignaling({ ask, connection, sessionId, tabId, parkedOffer });
  // Before the camera: the answer to who waits must not wait for it.
  const call = createCallModel(life, {
    facts,
    screen,
    own,
    parkedOffer,
    openTransport: (until, participantId, parked) =>
      createMeshTransport(until, { participantId, tabId, signaling, iceServers: ice, parkedOffer: parked }),
    onConnected: connection.onConnected,
  });
  keepQuality(life, {
    ask,
    sessionId,
    screen: screen.screen,
    measure: call.measure,
    now: () => performance.now(),
    onHidden: (until, run) => addEventListener('pagehide', run, { signal: until }),
  });
  connection.onConnected(life, () => {
    // The answer of who waits comes to this page's socket, also before the person has joined.
    if (screen.screen.get().at === 'before' && call.warm.get()) void attach();
  });
  watch(life, screen.screen, ({ at }) => {
    if (at === 'out' || at === 'elsewhere' || at === 'gone' || at === 'ahead') own.close();
    else own.open();
  });

  const stream = followStream(life, {
    connection,
    streamId: sessionId,
    schema: SessionEvent,
    after: events.upTo,
  });
  watch(life, stream, ({ events: heard, refusal }) => {
    facts.hear(heard);
    if (refusal !== null) screen.gone();
  });
  connection.on(life, 'presence', (tell) => {
    if (tell.sessionId === sessionId) facts.hearPresence(tell.participantId, tell.presence);
  });
  connection.on(life, 'access-changed', stream.refresh);
  const reread = () => void readAnew(life, parts, facts);
  connection.on(life, 'session-changed', (tell) => {
    if (tell.sessionId === sessionId && tell.ticketId !== facts.session.get().ticketId) reread();
  });
  followPresence(life, parts, facts);

  const outbox = openOutbox(life, {
    owner: `session.${session.you.participantId ?? sessionId}`,
    storage: outboxStorage(),
    deliver: async ({ requestId, streamId, text }) => {
      const into = SessionId.safeParse(streamId);
      if (!into.success || into.data !== sessionId) return refused('malformed');
      const reply = await ask(sayInSession, { params, body: { requestId, text } });
      if (reply.ok) stream.offer(reply.value);
      return reply.ok ? accepted(null) : reply;
    },
  });
  connection.onConnected(life, outbox.hurry);
  const read = `sightglass.read.${sessionId}`;
  const chat = createChatModel(life, {
    facts,
    outbox,
    streamId: sessionId,
    messageLength: limits.messageLength,
    readUpTo: Number(tabStorage.getItem(read) ?? session.lastSeq),
    rememberRead: (seq) => tabStorage.setItem(read, String(seq)),
  });

  const toasts = createToasts(life);
  tellTroubles(life, own, screen, toasts);
  tellMessages(life, facts, chat, toasts);
  const unheard = countUnheard(life, {
    onMessage: call.onMessage,
    onFirst(why, from) {
      const name = facts.people.get().find((one) => one.id === from)?.name ?? '';
      toasts.say(unheardWords(why, name), 'trouble');
    },
  });
  watch(life, own.state, ({ notice }) => {
    if (notice === null) return;
    toasts.say(noticeWords(notice), notice.kind === 'replaced' ? 'plain' : 'trouble');
    own.dismissNotice();
  });

  const announced = createStore('');
  announcePeople(life, facts, announced.set);
  const toggleMicrophone = () => {
    const on = !isOn('microphone', own.wish.get(), own.state.get());
    own.setMicrophone(on);
    announced.set(switchWords('microphone', on));
  };
  const toggleCamera = () => {
    const on = !isOn('camera', own.wish.get(), own.state.get());
    own.setCamera(on);
    announced.set(switchWords('camera', on));
  };
  const whileOpen = (deed: () => void) => () => {
    const { at } = screen.screen.get();
    if (at === 'in' || at === 'before' || at === 'calling') deed();
  };
  const shortcuts = createShortcuts(life, document, deviceStorage, {
    m: whileOpen(toggleMicrophone),
    c: whileOpen(toggleCamera),
  });

  const { tools, begin } = keepPictureTools(life, parts.loadTools, () => ({
    ask,
    tabId,
    speaker: start.bootstrap.as === 'code' ? { as: 'code' } : {},
    facts,
    call,
    own,
    connection,
    shortcuts,
    toasts,
    kept: deviceStorage,
    roomy: parts.roomy,
    announce: announced.set,
  }));
  watch(life, screen.screen, ({ at }) => at === 'in' && begin());

  return {
    life,
    ask,
    facts,
    screen,
    own,
    call,
    chat,
    menu: createMenuModel(deviceStorage, parts.roomy),
    sound: createSound(),
    shortcuts,
    toasts,
    connection,
    unheard,
    roomy: parts.roomy,
    kept: deviceStorage,
    announced,
    tools,
    toggleMicrophone,
    toggleCamera,
    reread,
  };
}

/** In the session the reason for a missing picture or sound is told as it comes; before, it stands on the page. */
function tellTroubles(life: AbortSignal, own: OwnDevices, screen: ScreenModel, toasts: Toasts): void {
  const before = { microphone: own.state.get().microphone, camera: own.state.get().camera };
  watch(life, own.state, (state) => {
    for (const what of ['microphone', 'camera'] as const) {
      const now = state[what];
      const changed = now !== before[what];
      before[what] = now;
      if (!changed || now.at !== 'failed' || now.reason === 'unplugged' || screen.screen.get().at !== 'in') continue;
      const { said, help } = troubleWords(what, now.reason);
      toasts.say(`${said} ${help}`, 'trouble');
    }
  });
}

/** Who comes and goes is seen in the pictures; those who don't see them hear it. */
function announcePeople(life: AbortSignal, facts: SessionModel, announce: (words: string) => void): void {
  let { lastSeq } = facts.log.get();
  watch(life, facts.log, ({ lines }) => {
    const own = facts.session.get().you.participantId;
    for (const line of lines.filter((one) => one.seq > lastSeq)) {
      lastSeq = line.seq;
      if (line.kind !== 'happened') continue;
      const { what } = line;
      const comesOrGoes = what.kind === 'participant-joined' || what.kind === 'participant-left';
      if (comesOrGoes && what.participantId !== own) announce(happenedWords(what, line.author));
    }
  });
}

/** What others say while the chat is folded away is shown for a moment, so that nobody has to open it to notice. */
function tellMessages(life: AbortSignal, facts: SessionModel, chat: ChatModel, toasts: Toasts): void {
  let before = chat.unread.get();
  watch(life, chat.unread, (unread) => {
    const line = facts.log.get().lines.at(-1);
    if (unread > before && line?.kind === 'message') {
      const name = personName(line.author) ?? '';
      toasts.say(i18n._('{name}: {text}', { name, text: shortened(line.text) }));
    }
    before = unread;
  });
}

const shortened = (text: string) => (text.length > 120 ? `${text.slice(0, 117)}…` : text);

/** Presence is told as it changes; what changed while the connection was away is asked for. */
function followPresence(life: AbortSignal, parts: RoomParts, facts: SessionModel): void {
  const { state: connected } = parts.connection;
  let before = connected.get();
  watch(life, connected, (state) => {
    const back = state === 'connected' && before === 'offline';
    before = state;
    if (back) void readAnew(life, parts, facts);
  });
}

async function readAnew(life: AbortSignal, { ask, tabId, start }: RoomParts, facts: SessionModel): Promise<void> {
  const params = { sessionId: start.bootstrap.session.id };
  const askedAt = Date.now();
  const reply = await ask(readSession, { params, query: { tabId }, signal: life });
  if (reply.ok) facts.adopt(reply.value, askedAt, Date.now());
}

const RoomContext = createContext<Room | null>(null);
export const RoomProvider = RoomContext.Provider;

/** The room that this component is in. */
export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('outside of a room');
  return room;
}
