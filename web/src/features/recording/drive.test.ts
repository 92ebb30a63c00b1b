import { expect, test, vi } from 'vitest';
import { accepted, type Outcome, type Refusal, refused } from '#contract/errors.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import * as log from '#core/recording/fixtures.ts';
import { extendRecordings, noRecordings, type RecordingsLog } from '#core/recording/index.ts';
import { createStore } from '#web/state/store.ts';
import { driveRecorder } from './drive.ts';
import type { Recorder, RecorderState } from './engine/index.ts';

const { anna, jon, mia, recordingId } = log;
const names = new Map<ParticipantId, string>([
  [anna, 'Anna'],
  [jon, 'Jon'],
  [mia, 'Mia'],
]);

/** Anna's page, unless it is said whose: its recorder writes down what it is told. */
function setUp(self: ParticipantId = anna) {
  const life = new AbortController();
  const book = log.logBook();
  const recordings = createStore<RecordingsLog>(noRecordings);
  const heard: string[] = [];
  const refusals: Refusal[] = [];
  const answers: Outcome<null>[] = [];
  const states: ReturnType<typeof createStore<RecorderState>>[] = [];
  const openRecorder = async (until: AbortSignal): Promise<Recorder> => {
    const state = createStore<RecorderState>({ at: 'idle' });
    states.push(state);
    until.addEventListener('abort', () => heard.push('over'));
    return {
      state,
      begin: async () => {
        heard.push('begin');
        return answers.shift() ?? accepted(null);
      },
      capture: (who) => heard.push(`capture ${[...who].map((id) => names.get(id)).join('+') || 'nobody'}`),
      end: async () => void heard.push('end'),
    };
  };
  const drive = driveRecorder(life.signal, {
    log: recordings,
    you: () => self,
    openRecorder,
    onRefused: (refusal) => refusals.push(refusal),
  });
  const happen = async (...bodies: SessionEventBody[]) => {
    for (const body of bodies) recordings.set(extendRecordings(recordings.get(), [book.add(body)]));
    await vi.waitFor(() => undefined);
  };
  /** What was heard since this was asked last; the same said again counts once. */
  const since = () => heard.splice(0).filter((word, nth, all) => word !== all[nth - 1]);
  return { life, drive, happen, since, refusals, answers, states };
}

test('it begins when the last has agreed, and nobody is captured before', async () => {
  const { happen, since } = setUp();
  await happen(log.joins(anna), log.joins(jon), log.asks(), log.answers(anna, 'yes'));
  expect(since()).toEqual([]);
  await happen(log.answers(jon, 'yes'));
  expect(since()).toEqual(['capture Anna+Jon', 'begin']);
  await happen(log.begins());
  expect(since()).toEqual(['capture Anna+Jon']);
});

test('another page than the one that is to record does nothing', async () => {
  const { happen, since } = setUp(jon);
  await happen(log.joins(anna), log.joins(jon), log.asks(), log.answers(anna, 'yes'), log.answers(jon, 'yes'));
  expect(since()).toEqual([]);
});

test('a newcomer stops it until they have answered; with the other policy only they are left out', async () => {
  for (const [policy, alone] of [
    ['pause', 'nobody'],
    ['leave-out', 'Anna+Jon'],
  ] as const) {
    const { happen, since } = setUp();
    await happen(log.joins(anna), log.joins(jon), log.asks(policy));
    await happen(log.answers(anna, 'yes'), log.answers(jon, 'yes'), log.begins());
    since();
    await happen(log.joins(mia));
    expect(since()).toEqual([`capture ${alone}`]);
    await happen(log.answers(mia, 'yes'));
    expect(since()).toEqual(['capture Anna+Jon+Mia']);
  }
});

async function recordingOf(who: ParticipantId = anna) {
  const set = setUp(who);
  await set.happen(log.joins(anna), log.joins(jon), log.asks());
  await set.happen(log.answers(anna, 'yes'), log.answers(jon, 'yes'), log.begins());
  set.since();
  return set;
}

test('it ends with the recording, and when this person leaves', async () => {
  const stopped = await recordingOf();
  await stopped.happen(log.ends());
  expect(stopped.since()).toEqual(['capture nobody', 'end', 'over']);
  expect(stopped.drive.state.get()).toEqual({ at: 'idle' });
  const left = await recordingOf();
  await left.happen(log.leaves(anna));
  expect(left.since()).toEqual(['capture nobody', 'end', 'over']);
});

test('a wish to stop holds at once, before the server knows', async () => {
  const { drive, happen, since } = await recordingOf();
  drive.halt(recordingId);
  expect(since()).toEqual(['capture nobody']);
  await happen(log.joins(mia), log.leaves(mia));
  expect(since()).toEqual(['capture nobody']);
});

test('given up for silent, a page that still records goes on, until somebody else carries on', async () => {
  const { happen, since } = await recordingOf();
  await happen(log.interrupts());
  expect(since()).toEqual(['capture Anna+Jon']);
  await happen(log.begins(2, jon));
  expect(since()).toEqual(['capture nobody', 'end', 'over']);
});

test('after a failure or a reload it goes on by itself; a refusal is asked for again only after the next interruption', async () => {
  const { happen, since, states, answers, refusals } = await recordingOf();
  states[0]?.set({ at: 'failed', why: 'The disk is full.' });
  answers.push(refused('unavailable'));
  await happen(log.joins(mia), log.leaves(mia));
  await vi.waitFor(() => expect(refusals).toHaveLength(1));
  expect(since()).toContain('begin');
  await happen(log.joins(mia), log.leaves(mia));
  expect(since()).toEqual([]);
  await happen(log.interrupts());
  expect(since()).toContain('begin');
});

test('another one carries on, and is captured like before', async () => {
  const { drive, happen, since } = await recordingOf(jon);
  await happen(log.interrupts());
  expect(since()).toEqual([]);
  expect(await drive.carryOn()).toEqual(accepted(null));
  await happen(log.begins(2, jon));
  expect(since()).toEqual(['capture Anna+Jon', 'begin', 'capture Anna+Jon']);
  expect((await drive.carryOn()).ok).toBe(false);
});

test('over before it has begun, it is ended as soon as it has', async () => {
  const { happen, since } = setUp();
  await happen(log.joins(anna), log.asks(), log.answers(anna, 'yes'));
  await happen(log.ends('withdrawn'));
  await vi.waitFor(() => expect(since()).toContain('over'));
});
