import type { Facing } from '#contract/call/index.ts';
import type { DevicesState, Peer } from '#web/call/index.ts';
import { pictureOf } from './picture.ts';
import type { PersonHere } from './session-model.ts';
import type { PictureView } from './stage-view.tsx';

interface Seen {
  readonly you: { readonly name: string; readonly as: PersonHere['as'] };
  readonly people: readonly PersonHere[];
  readonly peers: readonly Peer[];
  readonly devices: DevicesState;
  readonly cameraWanted: boolean;
  readonly ownStream: MediaStream | null;
}

/** The pictures of everybody who is in, one's own last. */
export function viewsOf({ you, people, peers, devices, cameraWanted, ownStream }: Seen): PictureView[] {
  const others = people
    .filter((one) => !one.own && one.presence !== 'left')
    .map((one): PictureView => {
      const peer = peers.find((candidate) => candidate.id === one.id);
      const facts = {
        own: false,
        camera: peer?.media?.camera ?? 'unknown',
        condition: peer?.condition ?? null,
        presence: one.presence,
      } as const;
      return {
        key: one.id,
        own: false,
        name: one.name,
        as: one.as,
        stream: peer?.video ?? null,
        voice: peer?.joined ? peer.audio : null,
        picture: pictureOf(facts),
        microphoneOff: peer?.media !== null && peer?.media !== undefined && peer.media.microphone !== 'on',
        mirrored: false,
      };
    });
  const own: PictureView = {
    key: 'own',
    own: true,
    name: you.name,
    as: you.as,
    stream: ownStream,
    voice: null,
    picture: pictureOf({ own: true, camera: ownCamera(devices, cameraWanted), condition: null, presence: 'here' }),
    microphoneOff: devices.microphone.at !== 'on',
    mirrored: isMirror(devices.facing, you.as),
  };
  return [...others, own];
}

/**
 * A camera that looks at its owner is a mirror to them; one that looks away shows things as they are. Where the browser
 * does not tell, an expert sits before the camera, and a customer points it at the machine.
 */
export function isMirror(facing: Facing | null, as: PersonHere['as']): boolean {
  return facing === null ? as === 'expert' : facing === 'user';
}

function ownCamera({ camera, cameras }: DevicesState, wanted: boolean) {
  if (camera.at === 'on') return 'on';
  if (camera.at === 'opening') return 'opening';
  if (camera.at === 'failed' && wanted) return 'none';
  return cameras.length === 0 && wanted ? 'none' : 'off';
}
