import { describe, expect, it } from 'vitest';
import type { Person } from '#contract/person.ts';
import type { OutboxEntry } from '#web/stream/outbox.ts';
import '#web/i18n.ts';
import { ann, cem, event, said, session, sessionId } from './fixtures.ts';
import { composeThread, type ThreadItem } from './thread.ts';
import { systemWords } from './thread-words.ts';

const day = (n: number, time = '10:00') => `2026-11-${String(n).padStart(2, '0')}T${time}:00.000Z`;
const isMine = (author: Person) => author.kind === 'codeUser' && author.id === cem.id;
const base = {
  events: [],
  outbox: [],
  sessions: new Map(),
  isMine,
  from: 0,
  readUpTo: 99,
  sameDay: (a: string, b: string) => a.slice(0, 10) === b.slice(0, 10),
};
const brief = (items: readonly ThreadItem[]) =>
  items.map((item) => (item.kind === 'message' ? `${item.side} ${item.name ?? '-'} ${item.text}` : item.kind));
const waiting = (requestId: string, text: string, more: Partial<OutboxEntry> = {}): OutboxEntry =>
  ({
    requestId,
    streamId: 'x',
    text,
    writtenAt: Date.parse(day(20)),
    state: 'sending',
    tries: 0,
    ...more,
  }) as OutboxEntry;

describe('composeThread', () => {
  it('puts a line before each day', () => {
    const events = [said(1, cem, 'a', { at: day(18) }), said(2, cem, 'b', { at: day(18) }), said(3, cem, 'c')];
    expect(brief(composeThread({ ...base, events }))).toEqual(['day', 'own - a', 'own - b', 'day', 'own - c']);
  });

  it('tells own from others by who one is, not by the name', () => {
    const impostor = { ...cem, id: '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7c09' };
    const events = [said(1, cem, 'a'), said(2, impostor, 'b'), said(3, ann, 'c')];
    expect(brief(composeThread({ ...base, events })).slice(1)).toEqual([
      'own - a',
      'other Cem b',
      'other Ann Expert c',
    ]);
  });

  it('shows the name once for several in a row within minutes', () => {
    const events = [
      said(1, ann, 'a', { at: day(20, '10:00') }),
      said(2, ann, 'b', { at: day(20, '10:02') }),
      said(3, ann, 'c', { at: day(20, '10:30') }),
    ];
    const firsts = composeThread({ ...base, events }).flatMap((item) => (item.kind === 'message' ? item.first : []));
    expect(firsts).toEqual([true, false, true]);
  });

  it('puts the unread line before the first message of others after what was read', () => {
    const events = [said(1, ann, 'a'), said(2, cem, 'mine'), said(3, ann, 'b'), said(4, ann, 'c')];
    expect(brief(composeThread({ ...base, events, readUpTo: 1 }))).toEqual([
      'day',
      'other Ann Expert a',
      'own - mine',
      'unread',
      'other Ann Expert b',
      'other Ann Expert c',
    ]);
    expect(brief(composeThread({ ...base, events, readUpTo: 4 }))).not.toContain('unread');
    expect(brief(composeThread({ ...base, events: events.slice(2), from: 2, readUpTo: 0 }))).not.toContain('unread');
  });

  it('shows what is on its way after everything else, and once only', () => {
    const id = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7e01';
    const outbox = [
      waiting(id, 'sent'),
      waiting('b', 'tried', { tries: 2 } as Partial<OutboxEntry>),
      waiting('c', 'refused', { state: 'failed', refusal: { ok: false, code: 'too-large' } } as Partial<OutboxEntry>),
    ];
    const items = composeThread({ ...base, events: [said(1, cem, 'sent', { requestId: id })], outbox });
    expect(brief(items)).toEqual(['day', 'own - sent', 'own - tried', 'own - refused']);
    expect(items.map((item) => (item.kind === 'message' ? item.delivery.state : '')).slice(1)).toEqual([
      'said',
      'waiting',
      'failed',
    ]);
    const key = items.at(1)?.key;
    expect(composeThread({ ...base, outbox: [waiting(id, 'sent')] }).at(1)?.key).toBe(key);
  });

  it('A10: a session becomes a card, with what is known of it', () => {
    const events = [event(1, ann, { kind: 'session-created', sessionId })];
    expect(composeThread({ ...base, events }).at(1)).toMatchObject({ kind: 'session', sessionId, session: null });
    const sessions = new Map([[sessionId, session('waiting')]]);
    expect(composeThread({ ...base, events, sessions }).at(1)).toMatchObject({ session: { status: 'waiting' } });
  });

  it('A7: a session that was attached is a card, one that has left is none, one that came back is one at its last place', () => {
    const created = event(1, ann, { kind: 'session-created', sessionId });
    const left = event(2, ann, { kind: 'session-unlinked', sessionId });
    const back = event(3, ann, { kind: 'session-linked', sessionId });
    const kinds = (...events: Parameters<typeof composeThread>[0]['events']) =>
      brief(composeThread({ ...base, events }));
    expect(kinds(back)).toEqual(['day', 'session']);
    expect(kinds(created, left)).toEqual(['day', 'system', 'system']);
    expect(kinds(created, left, back)).toEqual(['day', 'system', 'system', 'session']);
  });
});

describe('systemWords', () => {
  const words = (author: unknown, body: unknown) => systemWords(event(1, author, body), isMine);
  it('says each happening in plain words', () => {
    const to = { id: ann.id, name: ann.name };
    expect(words(cem, { kind: 'ticket-opened', subject: 'x', code: null })).toBe('You opened this ticket');
    expect(words(ann, { kind: 'ticket-opened', subject: 'x', code: null })).toBe('Ann Expert opened this ticket');
    expect(words(ann, { kind: 'status-changed', from: 'open', to: 'resolved' })).toBe(
      'Ann Expert changed the status to “Solved”',
    );
    expect(words(ann, { kind: 'assignee-changed', to })).toBe('Ann Expert is in charge of this ticket now');
    expect(words({ ...ann, id: cem.id, name: 'Bo' }, { kind: 'assignee-changed', to })).toBe(
      'Bo put Ann Expert in charge of this ticket',
    );
    expect(words(ann, { kind: 'assignee-changed', to: null })).toBe('Nobody is in charge of this ticket now');
    expect(words(ann, { kind: 'code-changed', to: null })).toBe('Ann Expert removed the ticket from its code');
    expect(words({ kind: 'system' }, { kind: 'status-changed', from: 'open', to: 'closed' })).toBe(
      'Sightglass changed the status to “Closed”',
    );
    expect(words(ann, { kind: 'subject-changed', to: '<b>{name}</b>' })).toBe(
      'Ann Expert changed the subject to “<b>{name}</b>”',
    );
  });
});
