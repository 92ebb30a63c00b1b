import type { ParticipantId } from '#contract/ids.ts';
import { watch } from '#web/state/store.ts';
import type { Studio } from '../../annotation/index.ts';
import { chooseStage, type ToolsHost } from '../../session/index.ts';
import { type Cast, castOf, type Person } from './cast.ts';

/** What may be captured at this moment. */
export interface Sources {
  readonly cast: Cast;
  readonly pictures: ReadonlyMap<ParticipantId, MediaStreamTrack>;
  readonly voices: ReadonlyMap<ParticipantId, MediaStreamTrack>;
}

/** Tells whenever what may be captured, or how it is arranged, may have changed; once at the beginning. */
export function watchSources(life: AbortSignal, { host, board, stage }: SourceParts, arrange: () => void): void {
  for (const store of [host.facts.people, host.call.peers, host.own.tracks, stage, board.board])
    watch<unknown>(life, store, arrange);
}

/** Looks who of these is here, with which tracks, and what is drawn. */
export function sourcesOf({ host, board, stage }: SourceParts, who: ReadonlySet<ParticipantId>): Sources {
  const own = host.own.tracks.get();
  const peers = host.call.peers.get();
  const authors = new Map(host.facts.log.get().participants.map(({ id, person }) => [id, person]));
  const pictures = new Map<ParticipantId, MediaStreamTrack>();
  const voices = new Map<ParticipantId, MediaStreamTrack>();
  const people: Person[] = [];
  for (const one of host.facts.people.get()) {
    if (one.presence === 'left') continue;
    const peer = peers.find(({ id }) => id === one.id);
    const picture = one.own ? own.video : (peer?.video?.getVideoTracks()[0] ?? null);
    const voice = one.own ? own.audio : (peer?.audio?.getAudioTracks()[0] ?? null);
    // A remote camera that was switched off keeps its track: only its owner's word tells.
    const isOff = !one.own && peer?.media !== null && peer?.media !== undefined && peer.media.camera !== 'on';
    const { id: key, name, as } = one;
    people.push({
      key,
      name,
      as,
      own: one.own,
      hasPicture: picture !== null && !isOff,
      author: authors.get(key) ?? null,
    });
    if (!who.has(key)) continue;
    if (picture !== null) pictures.set(key, picture);
    if (voice !== null) voices.set(key, voice);
  }
  const cast = castOf({ people, who, board: board.board.get(), onStage: stage.get()?.participantId ?? null, choose });
  return { cast, pictures, voices };
}

export interface SourceParts {
  readonly host: ToolsHost;
  readonly board: Studio['board'];
  readonly stage: Studio['stage'];
}

function choose(people: readonly Person[], wanted: ParticipantId | null): ParticipantId | null {
  const candidates = people.map(({ key, own, as, hasPicture }) => ({ key, own, as, cameraOn: hasPicture }));
  const { big } = chooseStage(candidates, wanted);
  return people.find(({ key }) => key === big)?.key ?? null;
}
