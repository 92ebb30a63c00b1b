import { describe, expect, it } from 'vitest';
import type { SessionEventBody } from '#contract/session/events.ts';
import { isAsked, mayCapture, recordedMs } from './facts.ts';
import * as is from './fixtures.ts';
import { anna, jon, mia } from './fixtures.ts';
import { currentRecording, extendRecordings, foldRecordings, noRecordings, type RecordingsLog } from './fold.ts';

/** The recording after these events, and who may be captured. */
function folded(...bodies: SessionEventBody[]) {
  const book = is.logBook();
  for (const body of bodies) book.add(body);
  const log = foldRecordings(book.events);
  const [recording] = log.recordings;
  if (recording === undefined) throw new Error('nothing was recorded');
  return { log, recording, state: recording.state, captured: [...mayCapture(recording, log.present)] };
}
const bothIn = [is.joins(anna), is.joins(jon)];
const agreed = [...bothIn, is.asks(), is.answers(anna, 'yes'), is.answers(jon, 'yes')];
const recording = [...agreed, is.begins()];

describe('A5 a recording by the log', () => {
  it('waits for the yes of everybody present', () => {
    const asked = folded(...bothIn, is.asks(), is.answers(anna, 'yes'));
    expect([asked.state, asked.captured]).toEqual(['asking', []]);
    expect(isAsked(asked.recording, jon)).toBe(true);
    expect(isAsked(asked.recording, anna)).toBe(false);
    expect(folded(...agreed)).toMatchObject({ state: 'agreed', captured: [anna, jon] });
    expect(folded(...agreed, is.joins(mia)).state).toBe('asking');
    expect(folded(...agreed, is.joins(mia), is.leaves(mia)).state).toBe('agreed');
  });

  it('is declined by one no, and called off before its first frame', () => {
    const declined = folded(...bothIn, is.asks(), is.answers(anna, 'yes'), is.answers(jon, 'no'), is.ends('declined'));
    expect([declined.state, currentRecording(declined.log)]).toEqual(['declined', null]);
    expect(folded(...agreed, is.ends('cancelled')).state).toBe('declined');
  });

  it('captures nobody from the moment a newcomer is in, until their yes', () => {
    expect(folded(...recording, is.joins(mia))).toMatchObject({ state: 'recording', captured: [] });
    const paused = [...recording, is.joins(mia), is.pauses(mia)];
    expect(folded(...paused)).toMatchObject({ state: 'paused', captured: [] });
    expect(folded(...paused, is.answers(mia, 'yes'), is.resumes).captured).toEqual([anna, jon, mia]);
  });

  it('or leaves the newcomer out, for good after a no', () => {
    const out = [...bothIn, is.asks('leave-out'), is.answers(anna, 'yes'), is.answers(jon, 'yes'), is.begins()];
    expect(folded(...out, is.joins(mia)).captured).toEqual([anna, jon]);
    expect(folded(...out, is.joins(mia), is.answers(mia, 'no')).captured).toEqual([anna, jon]);
    expect(folded(...out, is.joins(mia), is.answers(mia, 'yes')).captured).toEqual([anna, jon, mia]);
  });

  it('asks nobody where the policy is off', () => {
    const told = folded(...bothIn, is.asks('pause', false));
    expect(told).toMatchObject({ state: 'agreed', captured: [anna, jon] });
    expect(isAsked(told.recording, jon)).toBe(false);
    expect(folded(...bothIn, is.asks('pause', false), is.begins(), is.joins(mia)).captured).toEqual([anna, jon, mia]);
  });

  it('counts the time of frames, without pauses, in all parts', () => {
    const { recording: facts } = folded(
      ...recording,
      is.pauses(mia),
      is.joins(mia),
      is.resumes,
      is.interrupts(),
      is.begins(2, jon),
    );
    expect(facts.recorder).toBe(jon);
    expect(facts.recorded.map(({ partId }) => partId)).toEqual([is.partOf(1), is.partOf(1), is.partOf(2)]);
    expect(recordedMs(facts, facts.askedAt + 10_000)).toBe(1000 + 1000 + 2000);
  });

  it('goes on with a part that had been silent, as one time', () => {
    const { recording: facts } = folded(...recording, is.interrupts(), is.begins());
    expect(facts.recorded).toHaveLength(1);
    expect(facts).toMatchObject({ state: 'recording', interrupted: null });
  });

  it('ends, is made a file, and is erased for good', () => {
    const ended = [...recording, is.ends()];
    expect(folded(...ended)).toMatchObject({ state: 'finishing', captured: [] });
    expect(folded(...ended, is.isReady)).toMatchObject({ state: 'ready', recording: { durationMs: 1000 } });
    expect(folded(...ended, is.fails, is.isReady).state).toBe('failed');
    expect(folded(...ended, is.erases, is.isReady).state).toBe('erased');
    expect(folded(...ended, is.begins(2), is.pauses(mia)).state).toBe('finishing');
  });
});

const possible: readonly SessionEventBody[] = [
  ...[anna, jon, mia].flatMap((who) => [is.joins(who), is.leaves(who), is.joins(who), is.answers(who, 'yes')]),
  ...[jon, mia].flatMap((who) => [is.answers(who, 'no'), is.answers(who, 'withdrawn')]),
  ...[is.begins(), is.begins(2, jon), is.begins(), is.pauses(mia), is.resumes, is.interrupts(), is.resumes],
  ...[is.ends(), is.isReady, is.fails, is.erases],
];

/** A repeatable stream of numbers below `below`. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Only who has agreed is captured, only while it may be, and one time is open while it records. */
function holds({ recordings: [one], present }: RecordingsLog): void {
  if (one === undefined) throw new Error('it was asked for');
  const captured = mayCapture(one, present);
  const may = one.state === 'recording' || one.state === 'agreed';
  expect(captured.size > 0 && !may).toBe(false);
  for (const who of captured) {
    expect(present.has(who)).toBe(true);
    expect(one.consent && one.answers.get(who) !== 'yes').toBe(false);
  }
  if (captured.size > 0 && one.lateJoiner === 'pause') expect(captured.size).toBe(present.size);
  expect(one.recorded.filter(({ until }) => until === null).length).toBe(one.state === 'recording' ? 1 : 0);
}

describe.each([
  { kind: 'pause', asks: is.asks() },
  { kind: 'leave-out', asks: is.asks('leave-out') },
  { kind: 'nobody is asked', asks: is.asks('pause', false) },
])('whatever happens, in any order: $kind', ({ asks }) => {
  it.each(Array.from({ length: 100 }, (_none, at) => at + 1))('captures only who has agreed (%i)', (seed) => {
    const random = numbers(seed);
    const book = is.logBook();
    for (const body of [is.joins(anna), asks, is.answers(anna, 'yes')]) book.add(body);
    let log = foldRecordings(book.events);
    for (let step = 0; step < 25; step += 1) {
      book.add(possible[random(possible.length)] ?? is.resumes);
      // Delivered again, in pieces: nothing changes.
      log = extendRecordings(log, book.events.slice(random(book.events.length)));
      holds(log);
    }
    expect(log).toEqual(foldRecordings(book.events));
    expect(extendRecordings(noRecordings, book.events)).toEqual(log);
  });
});
