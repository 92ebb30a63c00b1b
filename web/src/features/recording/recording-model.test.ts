import { expect, test, vi } from 'vitest';
import { accepted, type Outcome, type Refusal, refused } from '#contract/errors.ts';
import { MemberId, type ParticipantId } from '#contract/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import * as log from '#core/recording/fixtures.ts';
import { extendRecordings, noRecordings, type RecordingsLog } from '#core/recording/index.ts';
import { createStore } from '#web/state/store.ts';
import type { RecorderState } from './engine/index.ts';
import { createRecordingModel } from './recording-model.ts';

const { anna, jon, mia } = log;
const annaPerson = {
  kind: 'member',
  id: MemberId.parse('00000000-0000-4000-8000-000000000091'),
  name: 'Anna',
} as const;

function setUp(self: ParticipantId, mayRecord: boolean) {
  const life = new AbortController();
  const book = log.logBook();
  const recordings = createStore<RecordingsLog>(noRecordings);
  const state = createStore<RecorderState>({ at: 'idle' });
  const done: string[] = [];
  const refusals: Refusal[] = [];
  const answers: Outcome<null>[] = [];
  const deed =
    (name: string) =>
    async (...words: string[]) => {
      done.push([name, ...words.slice(1)].join(' '));
      return answers.shift() ?? accepted(null);
    };
  const model = createRecordingModel(life.signal, {
    log: recordings,
    drive: { state, carryOn: async () => deed('carry on')(), halt: () => done.push('halt') },
    deeds: { start: deed('start'), answer: deed('answer'), withdraw: deed('withdraw'), stop: deed('stop') },
    you: createStore({ you: { participantId: self, mayRecord } }),
    person: () => (self === anna ? annaPerson.id : 'somebody else'),
    onRefused: (refusal) => refusals.push(refusal),
  });
  const happen = (...bodies: SessionEventBody[]) => {
    for (const body of bodies) {
      const event = { ...book.add(body), ...(body.kind === 'recording-asked' ? { author: annaPerson } : {}) };
      recordings.set(extendRecordings(recordings.get(), [event]));
    }
    return model.view.get();
  };
  const rest = () => vi.waitFor(() => expect(model.view.get().doing).toBeNull());
  return { model, happen, done, refusals, answers, state, rest };
}

const present = [log.joins(anna), log.joins(jon)];
const asked = [...present, log.asks(), log.answers(anna, 'yes')];
const running = [...asked, log.answers(jon, 'yes'), log.begins()];

test('only who may record starts one, and stops the one that runs', async () => {
  const guest = setUp(jon, false);
  guest.happen(...present);
  guest.model.toggle();
  expect([guest.done, guest.model.view.get().mayRecord]).toEqual([[], false]);
  const { model, happen, done, rest } = setUp(anna, true);
  happen(...present);
  model.toggle();
  model.toggle();
  await rest();
  expect(done).toEqual(['start']);
  happen(...running.slice(2));
  model.toggle();
  await rest();
  expect(done).toEqual(['start', 'halt', 'stop']);
});

test('whoever has not answered is asked, from the moment they are in; the others see who is waited for', async () => {
  const { model, happen, done, rest } = setUp(jon, false);
  expect(happen(...asked)).toMatchObject({ asked: true, agreed: false, waitingFor: [jon] });
  model.answer('yes');
  expect(model.view.get().doing).toBe('yes');
  await rest();
  expect(done).toEqual(['answer yes']);
  expect(happen(log.answers(jon, 'yes'), log.begins())).toMatchObject({ asked: false, agreed: true, waitingFor: [] });
  expect(happen(log.joins(mia))).toMatchObject({ asked: false, waitingFor: [mia] });
  const late = setUp(mia, false);
  expect(late.happen(...running)).toMatchObject({ asked: false });
  expect(late.happen(log.joins(mia))).toMatchObject({ asked: true });
});

test('after a no, a call-off or an end nobody is asked any more', () => {
  for (const end of [[log.answers(jon, 'no'), log.ends('declined')], [log.ends('cancelled')]]) {
    expect(setUp(jon, false).happen(...asked, ...end)).toMatchObject({ now: null, asked: false });
  }
});

test('with the policy off everybody but the starter is told, once', () => {
  const bodies = [...present, log.asks('pause', false), log.begins()];
  expect(setUp(anna, true).happen(...bodies)).toMatchObject({ told: false, asked: false });
  const { model, happen } = setUp(jon, false);
  expect(happen(...bodies)).toMatchObject({ told: true, asked: false, agreed: false });
  model.heard();
  expect(model.view.get().told).toBe(false);
  expect(happen(log.joins(mia)).told).toBe(false);
});

test('a yes taken back stops it at once, and asks what becomes of it', async () => {
  const { model, happen, done, rest } = setUp(jon, false);
  happen(...running);
  model.withdraw();
  await rest();
  expect(done).toEqual(['halt', 'withdraw']);
  expect(happen(log.answers(jon, 'withdrawn'), log.ends('withdrawn'))).toMatchObject({
    now: null,
    withdrawn: log.recordingId,
  });
  model.withdrawalDone();
  expect(model.view.get().withdrawn).toBeNull();
});

test('carrying on is offered to who may, where no recorder runs, until they leave it to others', async () => {
  const guest = setUp(jon, false);
  expect(guest.happen(...running, log.interrupts()).offered).toBe(false);
  const { model, happen, state, done, rest } = setUp(jon, true);
  expect(happen(...running, log.interrupts()).offered).toBe(true);
  state.set({ at: 'recording' });
  expect(model.view.get().offered).toBe(false);
  state.set({ at: 'idle' });
  model.notHere();
  expect(model.view.get().offered).toBe(false);
  expect(happen(log.begins(2, anna), log.interrupts(2)).offered).toBe(true);
  model.carryOn();
  await rest();
  expect(done).toEqual(['carry on']);
});

test('a refusal is told, but not that somebody was quicker', async () => {
  const { model, happen, answers, refusals, rest } = setUp(anna, true);
  happen(...present);
  answers.push(refused('not-in-this-state'), refused('not-allowed'));
  model.toggle();
  await rest();
  model.toggle();
  await rest();
  expect(refusals.map(({ code }) => code)).toEqual(['not-allowed']);
});
