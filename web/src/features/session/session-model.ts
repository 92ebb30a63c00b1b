import type { ParticipantId } from '#contract/ids.ts';
import type { ParticipantKind } from '#contract/session/events.ts';
import type { Presence, Session, SessionEvent } from '#contract/session/http.ts';
import { betterOffset, type Clock, type ClockOffset, measureOffset } from '#core/session/duration.ts';
import { emptyLog, extendLog, type SessionLog } from '#core/session/transcript.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** Somebody in the participants' list: what the log says, with the presence of this moment. */
export interface PersonHere {
  readonly id: ParticipantId;
  readonly name: string;
  readonly as: ParticipantKind;
  readonly presence: Presence;
  readonly own: boolean;
}

/** The facts of one session: who it is for, its log, who is here now, its clock. */
export interface SessionModel {
  readonly session: ReadableStore<Session>;
  readonly log: ReadableStore<SessionLog>;
  readonly people: ReadableStore<readonly PersonHere[]>;
  /** The server's clock against this computer's. */
  readonly offset: ReadableStore<ClockOffset>;
  /** A newer description of the session, with the time at which it was asked for and came. */
  adopt(session: Session, askedAt: number, answeredAt: number): void;
  /** Events of the log, in order; repetitions are harmless. */
  hear(events: readonly SessionEvent[]): void;
  /** Somebody's presence has changed. */
  hearPresence(participantId: ParticipantId, presence: Presence): void;
}

/** Makes the model from the first description of the session. */
export function createSessionModel(first: Session, askedAt: number, answeredAt: number): SessionModel {
  const session = createStore(first);
  const log = createStore<SessionLog>({ ...emptyLog, status: first.status, ...clockOf(first) });
  const offset = createStore(measureOffset(Date.parse(first.now), askedAt, answeredAt));
  const presence = new Map(first.participants.map((one) => [one.id, one.presence]));
  const people = createStore<readonly PersonHere[]>([]);
  const countPeople = () => people.set(peopleOf(session.get(), log.get(), presence));
  countPeople();

  return {
    session,
    log,
    people,
    offset,
    adopt(next, asked, answered) {
      offset.set(betterOffset(offset.get(), measureOffset(Date.parse(next.now), asked, answered)));
      // An answer that was overtaken by the stream knows less than the log does.
      if (next.lastSeq >= log.get().lastSeq) {
        presence.clear();
        for (const one of next.participants) presence.set(one.id, one.presence);
        log.set({ ...log.get(), status: next.status, ...clockOf(next) });
      }
      session.set(next);
      countPeople();
    },
    hear(events) {
      const described = session.get();
      for (const { seq, body } of events) {
        // The description has presence as of its own last event; older events must not undo it.
        if (seq <= Math.max(log.get().lastSeq, described.lastSeq)) continue;
        if (body.kind === 'participant-joined') presence.set(body.participantId, 'here');
        if (body.kind === 'participant-left') presence.set(body.participantId, 'left');
        // Only employees hear of it.
        if (body.kind === 'visibility-changed') session.set({ ...session.get(), isPublic: body.to === 'public' });
      }
      const heard = extendLog(log.get(), events);
      const behind = heard.lastSeq < described.lastSeq;
      log.set(behind ? { ...heard, status: described.status, ...clockOf(described) } : heard);
      countPeople();
    },
    hearPresence(participantId, next) {
      presence.set(participantId, next);
      countPeople();
    },
  };
}

function clockOf(session: Session): Clock {
  return {
    liveSince: session.liveSince === null ? null : Date.parse(session.liveSince),
    endedAt: session.endedAt === null ? null : Date.parse(session.endedAt),
  };
}

/**
 * The log has everybody who ever was in, once it has been read to its end; before that, the description of the session
 * knows more.
 */
function peopleOf(
  session: Session,
  log: SessionLog,
  presence: ReadonlyMap<ParticipantId, Presence>,
): readonly PersonHere[] {
  const logged = new Map(log.participants.map((one) => [one.id, one]));
  const ids = new Set([...session.participants.map((one) => one.id), ...logged.keys()]);
  const described = new Map(session.participants.map((one) => [one.id, one]));
  const people: PersonHere[] = [];
  for (const id of ids) {
    const known = logged.get(id) ?? described.get(id);
    const now = presence.get(id) ?? 'left';
    // Until the log has been read to them, those who are out are not shown: it knows how they left.
    if (known === undefined || (now === 'left' && !logged.has(id))) continue;
    people.push({
      id,
      name: known.name,
      as: known.as,
      presence: now,
      own: id === session.you.participantId,
    });
  }
  return people;
}
