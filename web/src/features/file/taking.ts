import { i18n } from '@lingui/core';
import type { Outcome } from '#contract/errors.ts';
import type { ScreenshotSource } from '#contract/file/events.ts';
import { type ScreenshotDrawing, takeScreenshot } from '#contract/file/http.ts';
import { ScreenshotId } from '#contract/file/ids.ts';
import { type ParticipantId, RequestId } from '#contract/ids.ts';
import type { Happened } from '#core/session/transcript.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore, watch } from '#web/state/store.ts';
import { frameSize, type Studio } from '../annotation/index.ts';
import type { Album } from './album.ts';
import { bestStill, frameOfTrack, type Still } from './best-still.ts';
import type { KeptVersion } from './kept-versions.ts';
import { filesOf } from './paint.ts';

/** Somebody pressed the button here, and the log does not know it yet. */
export interface Untold {
  readonly screenshotId: ScreenshotId;
  readonly of: ScreenshotSource;
}

/** What the button would take now; `off`: whose camera is off, null for one's own. */
export type Aim =
  | { readonly at: 'camera'; readonly participantId: ParticipantId }
  | { readonly at: 'still'; readonly of: Extract<ScreenshotSource, { kind: 'still' }>; readonly owner: ParticipantId }
  | { readonly at: 'off'; readonly name: string | null }
  | { readonly at: 'nothing' };

export interface Taking {
  readonly untold: ReadableStore<readonly Untold[]>;
  /** How many were taken on this page: it flashes at each. */
  readonly flashes: ReadableStore<number>;
  aim(): Aim;
  take(): void;
}

/** The camera's own page has so long to say that it has the picture ... */
const ANSWER_MS = 6_000;
/** ... and then so long to bring it through its network, before another page's picture stands in for it. */
const BRING_MS = 90_000;
/** A photograph of one's own camera takes so long at most; then the frame of the press has to do. */
const OWN_MS = 20_000;
/** A call for a picture older than this, ms, is not answered: the camera looks at something else by now. */
const FRESH_MS = 12_000;

/**
 * Takes screenshots. The fact is made at once; the picture comes from the page of the camera's owner, and this page keeps what
 * it sees in case that page does not answer.
 */
export function createTaking(life: AbortSignal, studio: Studio, album: Album): Taking {
  const { host } = studio;
  const { sender } = album;
  const { facts } = host;
  const sessionId = facts.session.get().id;
  const untold = createStore<readonly Untold[]>([]);
  const flashes = createStore(0);
  /** Those that this page keeps its own frame of. */
  const own = new Map<ScreenshotId, RequestId>();
  const taken = new Set<ScreenshotId>();

  const forget = (screenshotId: ScreenshotId) =>
    untold.set(untold.get().filter((one) => one.screenshotId !== screenshotId));

  const aim = (): Aim => {
    const { frozen } = studio.board.board.get();
    if (frozen !== null)
      return { at: 'still', of: { kind: 'still', pictureId: frozen.pictureId }, owner: frozen.participantId };
    const participantId = studio.stage.get()?.participantId ?? null;
    if (participantId === null) return { at: 'nothing' };
    if (participantId === studio.you())
      return host.own.state.get().camera.at === 'on' ? { at: 'camera', participantId } : { at: 'off', name: null };
    const media = host.call.peers.get().find(({ id }) => id === participantId)?.media;
    if (media !== null && media !== undefined && media.camera !== 'on')
      return { at: 'off', name: studio.nameOf(participantId) };
    return { at: 'camera', participantId };
  };

  const trackOf = (participantId: ParticipantId): MediaStreamTrack | null => {
    if (participantId === studio.you()) return host.own.tracks.get().video;
    return (
      host.call.peers
        .get()
        .find(({ id }) => id === participantId)
        ?.video?.getVideoTracks()[0] ?? null
    );
  };

  /** What this page itself can give at this moment. */
  const seen = async (of: ScreenshotSource): Promise<Still | null> => {
    if (of.kind === 'still') {
      const file = await studio.pictures.file(of.pictureId);
      return file === null ? null : await createImageBitmap(file).catch(() => null);
    }
    const track = trackOf(of.participantId);
    return track === null ? null : await frameOfTrack(life, track);
  };

  const filesWithDrawings = async (still: Still, of: ScreenshotSource, owner: ParticipantId | null) => {
    const ownPicture = of.kind === 'still' ? of.pictureId : null;
    const drawings: ScreenshotDrawing[] = [...(await studio.drawingsOn(still, owner, ownPicture))];
    const files = await filesOf(still, frameSize(still), drawings);
    still.close();
    const { picture, painted, thumbnail } = files;
    return { picture, painted, thumbnail, drawings };
  };

  const versionOf = (
    screenshotId: ScreenshotId,
    files: Pick<KeptVersion, 'picture' | 'painted' | 'thumbnail' | 'drawings'>,
    part: Pick<KeptVersion, 'taken' | 'notBefore'>,
  ): KeptVersion => ({
    requestId: RequestId.parse(newRequestId()),
    sessionId,
    screenshotId,
    as: host.speaker.as ?? null,
    from: 0,
    blurred: false,
    uploads: {},
    ...files,
    ...part,
  });

  const refuse = (screenshotId: ScreenshotId, words: string) => {
    forget(screenshotId);
    host.toasts.say(i18n._('The screenshot could not be taken. {words}', { words }), 'trouble');
  };

  /** Nothing to keep, so nothing to bring later: the camera's page alone can give a picture. */
  const withoutPicture = async (screenshotId: ScreenshotId, told: Promise<Outcome<unknown>>) => {
    const outcome = await told;
    if (!outcome.ok) refuse(screenshotId, refusalWords(outcome));
  };

  /** The better still of one's own camera takes the place of the frame of the press. */
  const improve = async (requestId: RequestId, of: ScreenshotSource, owner: ParticipantId) => {
    const track = of.kind === 'camera' && owner === studio.you() ? trackOf(owner) : null;
    const better = track === null ? null : await bestStill(life, track);
    const files = better === null ? {} : await filesWithDrawings(better, of, owner);
    if (track !== null || of.kind === 'still') await sender.change(requestId, { ...files, notBefore: 0 });
    sender.hurry();
  };

  const patienceFor = (of: ScreenshotSource, owner: ParticipantId): number => {
    if (of.kind === 'still' || owner === studio.you()) return OWN_MS;
    return ANSWER_MS;
  };

  const run = async (screenshotId: ScreenshotId, of: ScreenshotSource, owner: ParticipantId) => {
    const fact = { requestId: RequestId.parse(newRequestId()), of };
    const told = host.ask(takeScreenshot, { params: { sessionId }, body: { ...fact, screenshotId }, signal: life });
    const still = await seen(of);
    if (still === null) return withoutPicture(screenshotId, told);
    const version = versionOf(screenshotId, await filesWithDrawings(still, of, owner), {
      taken: fact,
      notBefore: Date.now() + patienceFor(of, owner),
    });
    const { requestId } = version;
    own.set(screenshotId, requestId);
    await sender.keep(version);
    const outcome = await told;
    if (outcome.ok) await sender.change(requestId, { taken: null });
    else if (outcome.code === 'unavailable') await sender.change(requestId, { notBefore: 0 });
    else {
      await sender.drop(requestId);
      return refuse(screenshotId, refusalWords(outcome));
    }
    await improve(requestId, of, owner);
  };

  /** Somebody else has asked for a picture of this page's camera. */
  const give = async (screenshotId: ScreenshotId) => {
    const track = host.own.tracks.get().video;
    const you = studio.you();
    if (track === null || you === null || track.readyState !== 'live' || track.muted) return;
    host.call.send(null, { kind: 'screenshot-coming', screenshotId }, 'reliable');
    const still = await bestStill(life, track);
    if (still === null || life.aborted) return;
    const files = await filesWithDrawings(still, { kind: 'camera', participantId: you }, you);
    await sender.keep(versionOf(screenshotId, files, { taken: null, notBefore: 0 }));
  };

  const hear = ({ what, at }: { readonly what: Happened; readonly at: string }) => {
    if (what.kind === 'screenshot-taken') {
      forget(what.screenshotId);
      const mine = what.of.kind === 'camera' && what.of.participantId === studio.you();
      const age = Date.now() + facts.offset.get().ms - Date.parse(at);
      const missing = !album.shots.get().some(({ id, versions }) => id === what.screenshotId && versions.length > 0);
      if (mine && missing && !taken.has(what.screenshotId) && age < FRESH_MS) void give(what.screenshotId);
    } else if (what.kind === 'screenshot-kept' || what.kind === 'screenshot-erased') {
      const kept = own.get(what.screenshotId);
      if (kept !== undefined) void sender.drop(kept);
    }
  };
  // What was asked for a moment ago, while this page was still loading, is answered too.
  let heard = 0;
  watch(life, facts.log, ({ lines }) => {
    for (const line of lines.filter(({ seq }) => seq > heard)) {
      heard = line.seq;
      if (line.kind === 'happened') hear(line);
    }
  });
  host.call.onMessage(life, (_from, message) => {
    if (message.kind !== 'screenshot-coming') return;
    const kept = own.get(message.screenshotId);
    if (kept !== undefined) void sender.change(kept, { notBefore: Date.now() + BRING_MS });
  });

  return {
    untold,
    flashes,
    aim,
    take() {
      const at = aim();
      if (at.at === 'off' || at.at === 'nothing') return host.toasts.say(aimWords(at));
      const screenshotId = ScreenshotId.parse(newRequestId());
      const of: ScreenshotSource = at.at === 'still' ? at.of : { kind: 'camera', participantId: at.participantId };
      taken.add(screenshotId);
      untold.set([...untold.get(), { screenshotId, of }]);
      flashes.update((count) => count + 1);
      host.toasts.say(i18n._('Screenshot taken'));
      void run(screenshotId, of, at.at === 'still' ? at.owner : at.participantId);
    },
  };
}

/** What the button says. */
export function aimWords(aim: Aim): string {
  if (aim.at === 'nothing') return i18n._('There is no picture to take yet');
  if (aim.at !== 'off') return i18n._('Take a screenshot');
  return aim.name === null
    ? i18n._('Your camera is off, so there is nothing to take')
    : i18n._('{name} has the camera off, so there is nothing to take', { name: aim.name });
}
