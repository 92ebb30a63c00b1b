import { DeviceId, MemberId, ParticipantId, SessionId, TabId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { Session, SessionEvent } from '#contract/session/http.ts';

/** People and a session for tests of this feature. */
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const sessionId = SessionId.parse(id(1));
export const tabId = TabId.parse(id(2));
export const annaId = ParticipantId.parse(id(11));
export const jonId = ParticipantId.parse(id(12));
export const anna: Person = { kind: 'member', id: MemberId.parse(id(21)), name: 'Anna Weber' };
export const jon: Person = { kind: 'codeUser', id: DeviceId.parse(id(22)), name: 'Jon' };

export const noon = Date.UTC(2026, 10, 20, 12, 0, 0);
export const instant = (ms: number) => new Date(ms).toISOString();

export const event = (seq: number, author: Person, body: SessionEventBody, at = noon + seq * 1000): SessionEvent => ({
  seq,
  at: instant(at),
  author,
  requestId: null,
  body,
});

export const joined = (seq: number, who: 'anna' | 'jon'): SessionEvent =>
  who === 'anna'
    ? event(seq, anna, { kind: 'participant-joined', participantId: annaId, name: 'Anna Weber', as: 'expert' })
    : event(seq, jon, { kind: 'participant-joined', participantId: jonId, name: 'Jon', as: 'codeUser' });

/** Jon's view of a session in which Anna waits. */
export const jonsSession = (changes: Partial<Session> = {}): Session => ({
  id: sessionId,
  subject: 'Pump stands still',
  origin: 'ticket',
  status: 'waiting',
  ticketId: null,
  createdBy: 'Anna Weber',
  createdAt: instant(noon),
  liveSince: null,
  endedAt: null,
  scheduledFor: null,
  stars: null,
  erasedAt: null,
  participants: [{ id: annaId, name: 'Anna Weber', as: 'expert', presence: 'here' }],
  ticket: null,
  code: null,
  organization: 'Weber Pumps',
  isPublic: true,
  capacity: 2,
  you: { name: 'Jon', as: 'codeUser', participantId: jonId, inAnotherTab: false, mayEnd: false, mayRecord: false },
  lastSeq: 3,
  now: instant(noon),
  ...changes,
});
