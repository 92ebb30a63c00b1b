import { describe, expect, it } from 'vitest';
import { DeviceId, MemberId, ParticipantId, TicketId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import { RecordingId, RecordingPartId } from '#contract/recording/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { emptyLog, extendLog } from './transcript.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const anna: Person = { kind: 'member', id: MemberId.parse(id(1)), name: 'Anna Weber' };
const jon: Person = { kind: 'codeUser', id: DeviceId.parse(id(2)), name: 'Jon' };
const system: Person = { kind: 'system' };
const annaIn = ParticipantId.parse(id(11));
const jonIn = ParticipantId.parse(id(12));
const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();

let seq = 0;
const event = (author: Person, body: SessionEventBody, second = seq): SessionEvent => {
  seq += 1;
  return { seq, at: at(second), author, requestId: null, body };
};

const story: SessionEvent[] = [
  event(anna, { kind: 'session-created', origin: 'ticket', subject: 'Pump stands still' }),
  event(anna, { kind: 'ticket-linked', ticket: { id: TicketId.parse(id(5)), number: 7, subject: 'Pump' } }),
  event(anna, { kind: 'status-changed', from: null, to: 'waiting', reason: null }),
  event(anna, { kind: 'participant-joined', participantId: annaIn, name: 'Anna Weber', as: 'expert' }),
  event(jon, { kind: 'participant-joined', participantId: jonIn, name: 'Jon', as: 'codeUser' }),
  event(system, { kind: 'status-changed', from: 'waiting', to: 'live', reason: null }, 30),
  event(jon, { kind: 'message-said', text: 'Can you hear me?' }),
  event(system, { kind: 'participant-left', participantId: jonIn, name: 'Jon', reason: 'connection-lost' }),
  event(jon, { kind: 'participant-joined', participantId: jonIn, name: 'Jon P.', as: 'codeUser' }),
  event(anna, { kind: 'status-changed', from: 'live', to: 'ended', reason: null }, 95),
];

describe('the session’s log', () => {
  it('B11 has a line for everything that happened, in order', () => {
    const log = extendLog(emptyLog, story);
    expect(log.lines.map((line) => line.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(log.lines[6]).toEqual(expect.objectContaining({ kind: 'message', text: 'Can you hear me?', author: jon }));
    expect(log.lines[3]).toEqual(expect.objectContaining({ kind: 'happened' }));
  });

  it('B14 knows who is in and who is out and why', () => {
    const dropped = extendLog(emptyLog, story.slice(0, 8));
    expect(dropped.participants).toEqual([
      { id: annaIn, name: 'Anna Weber', as: 'expert', person: id(1), in: true, leftBecause: null },
      { id: jonIn, name: 'Jon', as: 'codeUser', person: id(2), in: false, leftBecause: 'connection-lost' },
    ]);
    const back = extendLog(dropped, story.slice(8));
    expect(back.participants.map(({ name, in: isIn }) => [name, isIn])).toEqual([
      ['Anna Weber', true],
      ['Jon P.', true],
    ]);
  });

  it('A8 follows the status; B2 the clock starts when it goes live and stops when it ends', () => {
    const waiting = extendLog(emptyLog, story.slice(0, 5));
    expect([waiting.status, waiting.liveSince]).toEqual(['waiting', null]);
    const ended = extendLog(waiting, story.slice(5));
    expect(ended.status).toBe('ended');
    expect(ended.liveSince).toBe(Date.parse(at(30)));
    expect(ended.endedAt).toBe(Date.parse(at(95)));
  });

  it('takes any repetition and any cut of the same list for the same log', () => {
    const whole = extendLog(emptyLog, story);
    let pieces = emptyLog;
    for (let i = 0; i < story.length; i += 1) pieces = extendLog(pieces, story.slice(Math.max(0, i - 3), i + 1));
    expect(pieces).toEqual(whole);
    expect(extendLog(whole, story)).toBe(whole);
  });

  it('passes over a leaver nobody saw join', () => {
    const left = event(system, { kind: 'participant-left', participantId: jonIn, name: 'Jon', reason: 'left' });
    expect(extendLog(emptyLog, [left]).participants).toEqual([]);
  });
});

it('a recording that begins anew after an interruption is told from its first beginning', () => {
  const recordingId = RecordingId.parse(id(21));
  const part = (n: number) => ({ recordingId, partId: RecordingPartId.parse(id(n)) });
  const begins = (n: number) => event(system, { kind: 'recording-began', ...part(n), participantId: annaIn });
  const first = extendLog(emptyLog, [begins(22), event(system, { kind: 'recording-interrupted', ...part(22) })]);
  const { lines } = extendLog(first, [begins(23)]);
  expect(lines.map((line) => line.kind === 'happened' && line.again === true)).toEqual([false, false, true]);
});
