import { expect, test } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { createPlayerModel, type FileLink, type PlayedVideo } from './player-model.ts';

/** A video element that plays what it is told to, and breaks when the test says so. */
class FakeVideo extends EventTarget implements Pick<PlayedVideo, 'play' | 'pause'> {
  src = '';
  currentTime = 0;
  duration = 60;
  playbackRate = 1;
  volume = 1;
  muted = false;
  paused = true;
  async play() {
    this.paused = false;
    this.say('playing');
  }
  pause() {
    this.paused = true;
    this.say('pause');
  }
  say(name: string) {
    this.dispatchEvent(new Event(name));
  }
}

function setUp() {
  const video = new FakeVideo();
  const life = new AbortController();
  const answers: Outcome<FileLink>[] = [];
  let time = 0;
  let asked = 0;
  const player = createPlayerModel({
    lengthMs: 59_000,
    now: () => time,
    link: async () => {
      asked += 1;
      return answers.shift() ?? accepted({ watch: `/file-${asked}`, download: '', until: time + 600_000 });
    },
  });
  player.attach(life.signal, video as unknown as PlayedVideo);
  const loaded = async () => {
    await Promise.resolve();
    await Promise.resolve();
    video.say('loadedmetadata');
  };
  return { video, player, answers, loaded, life, asked: () => asked, pass: (ms: number) => (time += ms) };
}

test('it is loaded, played, moved in and hurried', async () => {
  const { video, player, loaded } = setUp();
  expect(player.state.get()).toMatchObject({ at: 'loading', lengthMs: 59_000 });
  await loaded();
  expect([video.src, player.state.get().at, player.state.get().lengthMs]).toEqual(['/file-1', 'ready', 60_000]);
  player.toggle();
  expect(player.state.get().playing).toBe(true);
  player.skip(5_000);
  player.skip(-90_000);
  expect(video.currentTime).toBe(0);
  player.seek(99_000);
  expect(player.state.get().ms).toBe(60_000);
  for (let nth = 0; nth < 9; nth++) player.stepSpeed(1);
  expect([video.playbackRate, player.state.get().speed]).toEqual([2, 2]);
  player.toggle();
  expect(player.state.get().playing).toBe(false);
  player.toggle();
  expect(video.currentTime).toBe(0);
});

test('when the link has run out it goes on with a new one where it was', async () => {
  const { video, player, loaded } = setUp();
  await loaded();
  player.toggle();
  video.currentTime = 20;
  video.say('timeupdate');
  video.paused = true;
  video.say('error');
  await loaded();
  expect([video.src, video.currentTime, player.state.get().playing]).toEqual(['/file-2', 20, true]);
});

test('a link that is nearly over is not begun with', async () => {
  const { video, player, loaded, pass } = setUp();
  await loaded();
  player.seek(7_000);
  pass(599_000);
  player.toggle();
  await loaded();
  expect([video.src, video.currentTime, player.state.get().playing]).toEqual(['/file-2', 7, true]);
});

test('a file that does not play, or is not theirs any more, is said to be so, and can be tried again', async () => {
  const { video, player, loaded, answers } = setUp();
  await loaded();
  video.say('error');
  await loaded();
  video.say('error');
  expect(player.state.get()).toMatchObject({ at: 'failed', refusal: null });
  answers.push(refused('not-found'));
  player.retry();
  await loaded();
  expect(player.state.get().refusal).toMatchObject({ code: 'not-found' });
});

test('after its life it is left alone', async () => {
  const { video, player, life, loaded } = setUp();
  life.abort();
  await loaded();
  expect([video.src, player.state.get().at]).toEqual(['', 'loading']);
});
