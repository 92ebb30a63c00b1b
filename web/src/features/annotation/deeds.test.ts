import { describe, expect, it, vi } from 'vitest';
import { accepted, type Outcome, type Refusal, refused } from '#contract/errors.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { emptyLog, extendLog, type SessionLog } from '#core/session/transcript.ts';
import { createStore } from '#web/state/store.ts';
import { createBoardModel } from './board-model.ts';
import { createDeeds } from './deeds.ts';
import { anna, annaId, drawing, drawingId, jon, jonId, pictureId, sessionId } from './fixtures.ts';

interface Sent {
  readonly path: string;
  readonly requestId: string;
}

/** A server that keeps what it is asked in a log, and refuses what the test tells it to. */
function setUp() {
  const life = new AbortController();
  const log = createStore<SessionLog>(emptyLog);
  const sent: Sent[] = [];
  const answers: (Refusal | 'lost')[] = [];
  const known = new Map<string, SessionEvent>();
  const refusals: string[] = [];
  const pauses: number[] = [];
  let seq = 0;
  const happen = (author: typeof anna, body: SessionEventBody): SessionEvent => {
    const event: SessionEvent = { seq: ++seq, at: '2026-11-20T12:00:00.000Z', author, requestId: null, body };
    log.set(extendLog(log.get(), [event]));
    return event;
  };
  const bodies = new Map<string, SessionEventBody>();
  let kept: Outcome<null> = accepted(null);
  const deeds = createDeeds(life.signal, {
    ask: (async (route: { path: string }, parts: { body: { requestId: string } }) => {
      const { requestId } = parts.body;
      sent.push({ path: route.path.split('/').slice(4).join('/'), requestId });
      const answer = answers.shift();
      if (answer !== undefined && answer !== 'lost') return answer;
      const body = deeds.pending.get().find((one) => one.requestId === requestId)?.body ?? bodies.get(requestId);
      if (body === undefined) throw new Error('nobody asked for this');
      bodies.set(requestId, body);
      const event = known.get(requestId) ?? { ...happen(anna, body) };
      known.set(requestId, event);
      return answer === 'lost' ? refused('unavailable') : accepted(event);
    }) as never,
    sessionId,
    kept: async () => kept,
    pause: async (_life, ms) => void pauses.push(ms),
    onRefused: (refusal, body) => refusals.push(`${body.kind} ${refusal.code}`),
  });
  happen(anna, { kind: 'participant-joined', participantId: annaId, name: 'Anna', as: 'expert' });
  const model = createBoardModel(life.signal, { log, deeds, you: () => ({ participantId: annaId, as: 'expert' }) });
  const drawn = () => model.board.get().drawings.map((one) => one.drawing.id);
  const settled = () => vi.waitFor(() => expect(deeds.pending.get()).toEqual([]));
  return {
    life,
    log,
    deeds,
    model,
    drawn,
    sent,
    answers,
    refusals,
    pauses,
    happen,
    settled,
    setKept: (to: typeof kept) => (kept = to),
  };
}

const make = (n: number) => ({ kind: 'drawing-made', drawing: drawing(n) }) as const;

describe('what one does to the drawings', () => {
  it('is there at once, and once after the server has it', async () => {
    const { deeds, drawn, settled, sent } = setUp();
    deeds.act(make(1));
    expect(drawn()).toEqual([drawingId(1)]);
    await settled();
    expect(drawn()).toEqual([drawingId(1)]);
    expect(sent.map(({ path }) => path)).toEqual(['drawings']);
  });

  it('goes to the server in order, repeated with the same request id while the network is away', async () => {
    const { deeds, model, drawn, settled, sent, answers, pauses, log } = setUp();
    answers.push(refused('unavailable'), 'lost', refused('failed'));
    deeds.act(make(1));
    deeds.act(make(2));
    model.undo();
    expect(drawn()).toEqual([drawingId(1)]);
    await settled();
    expect(sent.slice(0, 4).map(({ requestId }) => requestId)).toEqual(Array(4).fill(sent[0]?.requestId));
    expect(sent.slice(4).map(({ path }) => path)).toEqual(['drawings', 'drawings/:drawingId/remove']);
    expect(pauses).toHaveLength(3);
    expect(drawn()).toEqual([drawingId(1)]);
    expect(
      log.get().lines.filter((line) => line.kind === 'happened' && line.what.kind === 'drawing-made'),
    ).toHaveLength(2);
  });

  it('is taken back here when the server refuses it, and the person is told', async () => {
    const { deeds, drawn, settled, answers, refusals } = setUp();
    answers.push(refused('too-large'));
    deeds.act(make(1));
    await settled();
    expect([drawn(), refusals]).toEqual([[], ['drawing-made too-large']]);
  });

  it('says nothing when somebody was quicker with the same', async () => {
    const { deeds, settled, answers, refusals } = setUp();
    answers.push(refused('not-in-this-state'));
    deeds.act({ kind: 'picture-frozen', participantId: jonId, pictureId });
    await settled();
    expect(refusals).toEqual([]);
  });

  it('waits for the picture that it lies on', async () => {
    const { deeds, settled, sent, refusals, setKept } = setUp();
    setKept(refused('too-large'));
    deeds.act(make(1));
    await settled();
    expect([sent, refusals]).toEqual([[], ['drawing-made too-large']]);
  });

  it('undoes and brings back one’s own only, and knows what is one’s own', async () => {
    const { deeds, model, drawn, settled, happen } = setUp();
    happen(jon, make(7));
    expect([model.undo(), model.isOwn(drawingId(7))]).toEqual([false, false]);
    deeds.act(make(1));
    expect(model.isOwn(drawingId(1))).toBe(true);
    expect([model.undo(), drawn()]).toEqual([true, [drawingId(7)]]);
    expect([model.redo(), drawn()]).toEqual([true, [drawingId(7), drawingId(1)]]);
    await settled();
    model.clear('all');
    await settled();
    expect([drawn(), model.redo()]).toEqual([[], false]);
  });

  it('freezes and releases', async () => {
    const { deeds, model, settled } = setUp();
    deeds.act({ kind: 'picture-frozen', participantId: jonId, pictureId });
    expect(model.board.get().frozen).toEqual({ participantId: jonId, pictureId });
    await settled();
    model.release();
    await settled();
    expect(model.board.get().frozen).toBeNull();
  });
});
