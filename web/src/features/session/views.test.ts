import { describe, expect, it } from 'vitest';
import { NO_DEVICES, type Peer } from '#web/call/index.ts';
import { annaId, jonId } from './fixtures.ts';
import type { PersonHere } from './session-model.ts';
import { isMirror, viewsOf } from './views.ts';

const anna: PersonHere = { id: annaId, name: 'Anna Weber', as: 'expert', presence: 'here', own: false };
const jon: PersonHere = { id: jonId, name: 'Jon', as: 'codeUser', presence: 'here', own: true };
const peer: Peer = {
  id: annaId,
  joined: true,
  audio: null,
  video: null,
  condition: 'connected',
  connections: { audio: 'connected', video: 'connected' },
  media: { microphone: 'off', camera: 'on', facing: 'user' },
};
const camera = { at: 'on', id: 'rear', label: 'Rear' } as const;
const jonsView = {
  you: { name: 'Jon', as: 'codeUser' },
  people: [anna, jon],
  peers: [peer],
  devices: { ...NO_DEVICES, camera, cameras: [camera] },
  cameraWanted: true,
  ownStream: null,
} as const;

describe('the pictures of a session', () => {
  it('are those of the others who are in, and one’s own', () => {
    expect(viewsOf(jonsView).map((view) => [view.key, view.picture, view.microphoneOff])).toEqual([
      [annaId, 'fine', true],
      ['own', 'fine', true],
    ]);
    expect(viewsOf({ ...jonsView, people: [{ ...anna, presence: 'left' }, jon] }).map((view) => view.key)).toEqual([
      'own',
    ]);
  });

  it('say that somebody is still connecting, and nothing of a microphone nobody has told about', () => {
    const [view] = viewsOf({ ...jonsView, peers: [] });
    expect([view?.picture, view?.microphoneOff]).toEqual(['connecting', false]);
  });

  it.each([
    ['opening', { camera: { at: 'opening' } }, true, 'opening'],
    ['switched off', { camera: { at: 'off' }, cameras: [camera] }, false, 'camera-off'],
    ['refused', { camera: { at: 'failed', reason: 'denied' } }, true, 'no-camera'],
    ['not there', { camera: { at: 'off' }, cameras: [] }, true, 'no-camera'],
  ] as const)('one’s own camera is %s', (_, devices, cameraWanted, expected) => {
    const own = viewsOf({ ...jonsView, devices: { ...NO_DEVICES, ...devices }, cameraWanted }).at(-1);
    expect(own?.picture).toBe(expected);
  });

  it('one’s own is a mirror only where the camera looks at its owner', () => {
    expect([isMirror('user', 'codeUser'), isMirror('environment', 'expert')]).toEqual([true, false]);
    expect([isMirror(null, 'expert'), isMirror(null, 'codeUser')]).toEqual([true, false]);
  });
});
