/** The lab's page: the transport, wired as the session screen wires it, with a probe for the tests. */
import { createDevices, createMeshTransport, type Peer, type Tracks, watchLevel } from '#web/call/index.ts';
import { watch } from '#web/state/store.ts';
import { bootstrapSchema, tellSchema } from './wire.ts';

export interface FirstFrame {
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

const query = new URLSearchParams(location.search);
const room = query.get('room') ?? 'room';
const who = query.get('who') ?? 'a';
const ask = (path: string, body: unknown = {}) =>
  fetch(`${path}?room=${room}&who=${who}`, { method: 'POST', body: JSON.stringify(body) }).then((reply) => {
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  });

const bootstrap = bootstrapSchema.parse(JSON.parse(document.getElementById('bootstrap')?.textContent ?? ''));
const ended = new AbortController();
const hearSignal = new Set<(from: string, input: unknown) => void>();
let answers = bootstrap.parkedOffer?.offerId ?? null;
const sent: string[] = [];

/** Every connection of this page, to read from it what the transport does not tell. */
const made: RTCPeerConnection[] = [];
globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    made.push(this);
  }
};
let parkedHere = 0;

const transport = createMeshTransport(ended.signal, {
  participantId: who,
  tabId: who,
  iceServers: () => bootstrap.iceServers,
  relayOnly: query.has('relay'),
  parkedOffer: bootstrap.parkedOffer,
  signaling: {
    send(to, signal) {
      sent.push(
        signal.parts.map((part) => `${part.connection}:${part.kind}:${part.attempt.n}.${part.round}`).join(' '),
      );
      const body = { to, signal, answers };
      answers = null;
      return ask('/signal', body);
    },
    onSignal(signal, listener) {
      hearSignal.add(listener);
      signal.addEventListener('abort', () => hearSignal.delete(listener));
    },
    parkOffer: (offer) =>
      ask('/park', { offer }).then(() => {
        parkedHere += 1;
      }),
  },
});

const frames: Record<string, number> = {};
let first: FirstFrame | null = null;
const elements = new Map<string, { audio: HTMLAudioElement; video: HTMLVideoElement }>();

function elementsOf(peer: Peer): { audio: HTMLAudioElement; video: HTMLVideoElement } {
  const known = elements.get(peer.id);
  if (known) return known;
  const video = document.createElement('video');
  video.autoplay = video.muted = video.playsInline = true;
  const audio = document.createElement('audio');
  audio.autoplay = true;
  const count: VideoFrameRequestCallback = (at, metadata) => {
    frames[peer.id] = (frames[peer.id] ?? 0) + 1;
    first ??= { at, width: metadata.width, height: metadata.height };
    video.requestVideoFrameCallback(count);
  };
  video.requestVideoFrameCallback(count);
  document.getElementById('remote')?.append(video, audio);
  elements.set(peer.id, { audio, video });
  return { audio, video };
}

/** How loud the loudest moment of the remote sound was since it was last asked for. */
let loudest = 0;
const heardTracks = new WeakSet<MediaStreamTrack>();
function listen(audio: MediaStream | null): void {
  const [track] = audio?.getAudioTracks() ?? [];
  if (!track || heardTracks.has(track)) return;
  heardTracks.add(track);
  watchLevel(ended.signal, track, (level) => {
    loudest = Math.max(loudest, level);
  });
}

const conditions: string[] = [];
transport.peers.subscribe(() => {
  for (const peer of transport.peers.get()) {
    const said = `${peer.id}:${peer.condition}:${peer.connections.audio}/${peer.connections.video}`;
    if (conditions.at(-1) !== said) conditions.push(said);
    const shown = elementsOf(peer);
    if (shown.audio.srcObject !== peer.audio) shown.audio.srcObject = peer.audio;
    listen(peer.audio);
    if (shown.video.srcObject !== peer.video) shown.video.srcObject = peer.video;
  }
});

const messages: string[] = [];
transport.onMessage(ended.signal, (from, message) => messages.push(`${from}:${message.kind}`));

let inSession = bootstrap.wasIn;
function heard(data: string): void {
  const message = tellSchema.parse(JSON.parse(data));
  if (message.kind === 'signal') for (const listener of [...hearSignal]) listener(message.from, message.signal);
  else if (inSession) transport.setJoined(message.ids.filter((id) => id !== who));
}
const events = new EventSource(`/events?room=${room}&who=${who}`);
events.onmessage = ({ data }) => heard(data);
events.addEventListener('open', () => transport.nudge());
const attached = new Promise((resolve) => events.addEventListener('open', resolve, { once: true }));

/** Only who asks for it takes the camera at the size that the product wishes for: two large pictures fill a small machine. */
if (!query.has('sharp')) {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const small = { width: 640, height: 360, frameRate: 15 };
  navigator.mediaDevices.getUserMedia = (wish = {}) =>
    real({ ...wish, ...(typeof wish.video === 'object' ? { video: { ...wish.video, ...small } } : {}) });
}
const devices = createDevices(ended.signal);
watch(ended.signal, devices.tracks, ({ video }) => {
  const local = document.getElementById('local');
  if (local instanceof HTMLVideoElement) local.srcObject = video && new MediaStream([video]);
});
async function join(): Promise<void> {
  await devices.start({ microphone: true, camera: true });
  inSession = true;
  let sent: Tracks = { audio: null, video: null };
  watch(ended.signal, devices.tracks, (tracks) => {
    for (const kind of ['audio', 'video'] as const) {
      if (tracks[kind] !== sent[kind]) void transport.publish(kind, tracks[kind]);
    }
    sent = tracks;
  });
  watch(ended.signal, devices.media, transport.announce);
  transport.setJoined(bootstrap.joined);
  await attached;
  await ask('/join');
  if (bootstrap.joined.length === 0) await transport.park();
}

if (!bootstrap.parkedOffer) for (const id of bootstrap.joined) transport.connect(id);

export const lab = {
  transport,
  join,
  devices,
  frames,
  conditions,
  sent,
  parkedWith: bootstrap.parkedOffer?.participantId ?? null,
  first: () => first,
  loudest: () => {
    const level = loudest;
    loudest = 0;
    return level;
  },
  stop: () => ended.abort(),
  /** Whether the server tells this page what happens. */
  hears: () => events.readyState === EventSource.OPEN,
  /** Resolves once the own camera has taken so many more pictures. */
  takes: (many: number) =>
    new Promise<void>((done) => {
      const local = document.getElementById('local');
      let left = many;
      const next = () => {
        left -= 1;
        if (left <= 0) done();
        else if (local instanceof HTMLVideoElement) local.requestVideoFrameCallback(next);
      };
      if (local instanceof HTMLVideoElement) local.requestVideoFrameCallback(next);
    }),
  messages,
  parked: () => parkedHere,
  openConnections: () => made.filter((one) => one.connectionState !== 'closed').length,
  /** What goes out on video: frames and their width. */
  async outbound(): Promise<{ frames: number; width: number; fps: number; qp: number; limited: string }[]> {
    const found = [];
    for (const connection of made.filter((one) => one.connectionState === 'connected')) {
      for (const stat of (await connection.getStats()).values()) {
        if (stat.type !== 'outbound-rtp' || stat.kind !== 'video') continue;
        const { framesEncoded, frameWidth, framesPerSecond, qpSum, qualityLimitationReason } = stat;
        found.push({
          frames: framesEncoded,
          width: frameWidth,
          fps: framesPerSecond,
          qp: qpSum / framesEncoded,
          limited: qualityLimitationReason,
        });
      }
    }
    return found;
  },
  /** The types of the local candidates that carry the call. */
  async candidateTypes(): Promise<string[]> {
    const types: string[] = [];
    for (const connection of made.filter((one) => one.connectionState === 'connected')) {
      const report = await connection.getStats();
      for (const pair of report.values()) {
        if (pair.type !== 'candidate-pair' || !pair.nominated || pair.state !== 'succeeded') continue;
        types.push(report.get(pair.localCandidateId)?.candidateType);
      }
    }
    return types;
  },
};
declare global {
  interface Window {
    readonly lab: typeof lab;
  }
}
Object.assign(window, { lab });
if (query.has('join') || bootstrap.wasIn) void join();
