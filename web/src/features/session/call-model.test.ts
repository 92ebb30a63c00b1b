import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaState, ParkedOffer } from '#contract/call/index.ts';
import { refused } from '#contract/errors.ts';
import type { Presence } from '#contract/session/http.ts';
import type { MediaTransport, Peer } from '#web/call/index.ts';
import { createStore } from '#web/state/store.ts';
import { createCallModel } from './call-model.ts';
import { anna, annaId, event, jonsSession } from './fixtures.ts';
import type { Screen } from './screen-model.ts';
import { createSessionModel } from './session-model.ts';

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
});
afterEach(() => life.abort());

const parkedOffer: ParkedOffer = {
  offerId: 'offer',
  participantId: annaId,
  tabId: 'tab',
  page: 'page',
  attempt: { n: 1, by: 'page' },
  audio: 'v=0',
  video: 'v=0',
};
// Only its identity counts here; Node has no media.
const track = (id: string) => ({ id }) as unknown as MediaStreamTrack;

function setUp({ parked = null, inAnotherTab = false }: { parked?: ParkedOffer | null; inAnotherTab?: boolean } = {}) {
  const session = jonsSession();
  const facts = createSessionModel({ ...session, you: { ...session.you, inAnotherTab } }, 0, 0);
  const screen = createStore<Screen>({ at: 'before', joining: false, refusal: null });
  const tracks = createStore<{ audio: MediaStreamTrack | null; video: MediaStreamTrack | null }>({
    audio: null,
    video: null,
  });
  const media = createStore<MediaState>({ microphone: 'on', camera: 'on', facing: null });
  const did: string[] = [];
  let reconnect = () => {};
  const openTransport = (until: AbortSignal, participantId: string, offer: ParkedOffer | null): MediaTransport => {
    did.push(`open${offer === null ? '' : ' answering'}`);
    expect(participantId).toBe(session.you.participantId);
    until.addEventListener('abort', () => did.push('ended'));
    return {
      peers: createStore<readonly Peer[]>([]),
      async publish(kind, sent) {
        did.push(`publish ${kind} ${sent?.id ?? 'nothing'}`);
      },
      announce: (state) => void did.push(`camera ${state.camera}`),
      setJoined: (ids) => void did.push(`joined ${ids.length}`),
      connect: (id) => void did.push(`connect ${id === annaId ? 'Anna' : id}`),
      park: async () => void did.push('park'),
      nudge: () => void did.push('nudge'),
      measure: async () => [],
      send: () => false,
      onMessage() {},
      close: () => void did.push('close'),
    };
  };
  const model = createCallModel(life.signal, {
    facts,
    screen: { screen },
    own: { tracks, media },
    parkedOffer: parked,
    openTransport,
    onConnected: (_, run) => {
      reconnect = run;
    },
  });
  const presence = (next: Presence) => facts.hearPresence(annaId, next);
  return { model, facts, screen, tracks, media, did, presence, reconnect: () => reconnect() };
}

describe('the media of this tab', () => {
  it('answers who waits before the camera is open and sends nothing before joining', () => {
    const { model, screen, tracks, did } = setUp({ parked: parkedOffer });
    expect(did).toEqual(['open answering', 'camera on']);
    expect(model.warm.get()).toBe(true);
    tracks.set({ audio: track('voice'), video: null });
    expect(did).toHaveLength(2);
    screen.set({ at: 'in' });
    expect(did.slice(2)).toEqual(['publish audio voice', 'joined 1', 'connect Anna', 'joined 1']);
  });

  it('leaves a waiting side’s offer alone while another tab has the session', () => {
    expect(setUp({ parked: parkedOffer, inAnotherTab: true }).did).toEqual([]);
  });

  it('opens on joining without an offer; a camera that comes late flows then', () => {
    const { screen, tracks, media, did } = setUp();
    screen.set({ at: 'in' });
    expect(did).toEqual(['open', 'camera on', 'joined 1', 'connect Anna', 'joined 1']);
    tracks.set({ audio: null, video: track('rear') });
    media.set({ microphone: 'none', camera: 'off', facing: null });
    expect(did.slice(5)).toEqual(['publish video rear', 'camera off']);
  });

  it('parks an offer as soon as nobody else is in', () => {
    const { screen, facts, did } = setUp();
    screen.set({ at: 'in' });
    const left = { kind: 'participant-left', participantId: annaId, name: 'Anna', reason: 'left' } as const;
    facts.hear([event(4, anna, left)]);
    expect(did.slice(-2)).toEqual(['joined 0', 'park']);
  });

  it('C3 looks after the connections when the server is back, and leaves that to whoever comes back', () => {
    const { screen, presence, did, reconnect } = setUp();
    screen.set({ at: 'in' });
    reconnect();
    expect(did.at(-1)).toBe('nudge');
    did.length = 0;
    presence('reconnecting');
    presence('here');
    expect(did).toEqual(['joined 1', 'joined 1']);
  });

  it('B6 says good-bye on leaving and moving away, and begins anew on coming back', () => {
    const { model, screen, did } = setUp();
    screen.set({ at: 'in' });
    did.length = 0;
    screen.set({ at: 'out', how: 'left' });
    expect(did).toEqual(['close', 'ended']);
    expect(model.warm.get()).toBe(false);
    screen.set({ at: 'in' });
    screen.set({ at: 'elsewhere', bringing: false });
    expect(did.filter((one) => one === 'open' || one === 'close')).toEqual(['close', 'open', 'close']);
  });

  it('C3 begins with the others after a reload while the server is still being asked, and stops when it refuses', () => {
    const { screen, did } = setUp();
    screen.set({ at: 'returning', refusal: null });
    expect(did).toEqual(['open', 'camera on', 'joined 1', 'connect Anna', 'joined 1']);
    screen.set({ at: 'in' });
    expect(did).toHaveLength(5);
    screen.set({ at: 'before', joining: false, refusal: refused('in-another-tab') });
    expect(did.slice(5)).toEqual(['close', 'ended']);
  });

  it('keeps the call while the server had lost this tab and it comes back in', () => {
    const { screen, did } = setUp();
    screen.set({ at: 'in' });
    did.length = 0;
    screen.set({ at: 'returning', refusal: null });
    screen.set({ at: 'in' });
    expect(did).toEqual([]);
  });
});
