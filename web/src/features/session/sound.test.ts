import { expect, it } from 'vitest';
import { createSound } from './sound.ts';

function fakePlayers({ refuse }: { refuse: () => boolean }) {
  const players: { playing: boolean; speaker: string }[] = [];
  const made = new Map<unknown, { playing: boolean; speaker: string }>();
  const make = () => {
    const shown = { playing: false, speaker: '' };
    players.push(shown);
    const player = {
      srcObject: null,
      async play() {
        if (refuse()) throw new DOMException('no gesture', 'NotAllowedError');
        shown.playing = true;
      },
      pause() {
        shown.playing = false;
      },
    };
    made.set(player, shown);
    return player;
  };
  const aim = (player: unknown, id: string) => {
    const shown = made.get(player);
    if (shown !== undefined) shown.speaker = id;
  };
  return { players, make, aim };
}
const stream = {} as MediaStream;
const settle = () => new Promise((done) => setTimeout(done, 0));

it('plays each voice through the chosen speaker until it goes', async () => {
  const { players, make, aim } = fakePlayers({ refuse: () => false });
  const sound = createSound(make, aim);
  const stop = sound.play(stream, 'headset');
  await settle();
  expect(players).toEqual([{ playing: true, speaker: 'headset' }]);
  sound.moveTo('loud');
  expect(players[0]?.speaker).toBe('loud');
  stop();
  expect(players[0]?.playing).toBe(false);
});

it('says when the browser plays nothing before a tap, and plays after it', async () => {
  let refuse = true;
  const { players, make, aim } = fakePlayers({ refuse: () => refuse });
  const sound = createSound(make, aim);
  sound.play(stream, '');
  await settle();
  expect(sound.blocked.get()).toBe(true);
  refuse = false;
  sound.unblock();
  await settle();
  expect([sound.blocked.get(), players[0]?.playing]).toEqual([false, true]);
});

it('a voice that has gone does not leave the question behind', async () => {
  const { make, aim } = fakePlayers({ refuse: () => true });
  const sound = createSound(make, aim);
  const stop = sound.play(stream, '');
  await settle();
  stop();
  await settle();
  expect(sound.blocked.get()).toBe(false);
});
