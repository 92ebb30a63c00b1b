import { describe, expect, it } from 'vitest';
import { elapsed } from '#core/session/duration.ts';
import { anna, annaId, event, instant, joined, jonId, jonsSession, noon } from './fixtures.ts';
import { createSessionModel } from './session-model.ts';

const opened = [
  event(1, anna, { kind: 'session-created', origin: 'ticket', subject: 'Pump stands still' }),
  event(2, anna, { kind: 'status-changed', from: null, to: 'waiting', reason: null }),
  joined(3, 'anna'),
];

describe('the facts of a session', () => {
  it('shows who is there before the log has come', () => {
    const facts = createSessionModel(jonsSession(), 0, 0);
    expect(facts.people.get().map((one) => [one.name, one.presence, one.own])).toEqual([['Anna Weber', 'here', false]]);
    expect(facts.log.get().status).toBe('waiting');
  });

  it('B14 follows presence and the log', () => {
    const facts = createSessionModel(jonsSession(), 0, 0);
    facts.hear(opened);
    facts.hear([joined(4, 'jon')]);
    facts.hearPresence(annaId, 'reconnecting');
    expect(facts.people.get().map((one) => [one.id, one.presence, one.own])).toEqual([
      [annaId, 'reconnecting', false],
      [jonId, 'here', true],
    ]);
    facts.hear([event(5, anna, { kind: 'participant-left', participantId: annaId, name: 'Anna', reason: 'left' })]);
    expect(facts.people.get()[0]?.presence).toBe('left');
  });

  it('C3 old events that come late do not undo what the description says', () => {
    const session = jonsSession({
      status: 'ended',
      lastSeq: 9,
      participants: [{ id: annaId, name: 'Anna Weber', as: 'expert', presence: 'reconnecting' }],
    });
    const facts = createSessionModel(session, 0, 0);
    facts.hear(opened);
    expect(facts.log.get().status).toBe('ended');
    expect(facts.people.get()[0]?.presence).toBe('reconnecting');
  });

  it('B2 counts by the server’s clock from the first description', () => {
    const facts = createSessionModel(
      jonsSession({ status: 'live', liveSince: instant(noon - 60_000), now: instant(noon) }),
      5_000,
      5_000,
    );
    expect(elapsed(facts.log.get(), 7_000, facts.offset.get())).toBe(62_000);
  });

  it('A4 knows who can see it, where the log says so', () => {
    const facts = createSessionModel(jonsSession(), 0, 0);
    facts.hear(opened);
    facts.hear([event(4, anna, { kind: 'visibility-changed', to: 'internal' })]);
    expect(facts.session.get().isPublic).toBe(false);
    facts.hear([event(5, anna, { kind: 'visibility-changed', to: 'public' })]);
    facts.hear([event(4, anna, { kind: 'visibility-changed', to: 'internal' })]);
    expect(facts.session.get().isPublic).toBe(true);
  });

  it('does not go back to an answer that the stream has overtaken', () => {
    const facts = createSessionModel(jonsSession(), 0, 0);
    facts.hear(opened);
    facts.hear([event(4, anna, { kind: 'status-changed', from: 'waiting', to: 'cancelled', reason: null })]);
    facts.adopt(jonsSession({ lastSeq: 3 }), 0, 0);
    expect(facts.log.get().status).toBe('cancelled');
  });
});
