import type { Participant, Session, SessionSummary } from '#contract/session/http.ts';
import { isStaff, type KnownActor, mayRecord } from '#core/access/actor.ts';
import { isOver } from '#core/session/lifecycle.ts';
import { mayManage } from './policy.ts';
import type { ParticipantRow, SessionRow } from './store.ts';

/** A row and the people of it as lists and cards show them. */
export function presentSummary(row: SessionRow, people: readonly ParticipantRow[], reader: KnownActor): SessionSummary {
  return {
    id: row.id,
    subject: row.subject,
    origin: row.origin,
    status: row.status,
    ticketId: row.ticket?.id ?? null,
    createdBy: row.createdBy.kind === 'system' ? 'Sightglass' : row.createdBy.name,
    createdAt: row.createdAt.toISOString(),
    liveSince: row.liveSince?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    scheduledFor: row.scheduledFor?.toISOString() ?? null,
    isPublic: row.visibility === 'public',
    stars: isStaff(reader) ? row.stars : null,
    participants: people
      .filter((person) => person.sessionId === row.id && row.erasedAt === null)
      .map(presentParticipant),
    erasedAt: row.erasedAt?.toISOString() ?? null,
  };
}

const presentParticipant = (row: ParticipantRow): Participant => ({
  id: row.id,
  name: row.name,
  as: row.as,
  presence: row.state !== 'in' ? 'left' : row.awaySince === null ? 'here' : 'reconnecting',
});

/** What the session screen of this person starts from. `own` is their place in it. */
export function presentSession(
  row: SessionRow,
  people: readonly ParticipantRow[],
  you: {
    readonly actor: KnownActor;
    readonly own: ParticipantRow;
    readonly tabId: string | undefined;
    readonly organization: string;
    readonly now: Date;
  },
): Session {
  const { own } = you;
  return {
    ...presentSummary(row, people, you.actor),
    ticket: row.ticket,
    code: row.code,
    organization: you.organization,
    capacity: row.capacity,
    you: {
      name: own.name,
      as: own.as,
      participantId: own.id,
      inAnotherTab: own.state === 'in' && own.awaySince === null && own.tabId !== (you.tabId ?? null),
      mayEnd: mayManage(you.actor) && !isOver(row.status),
      mayRecord: mayRecord(you.actor) && !isOver(row.status),
    },
    lastSeq: isStaff(you.actor) ? row.lastSeq : row.lastPublicSeq,
    now: you.now.toISOString(),
  };
}
