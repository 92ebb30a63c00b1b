import { type ParticipantId, SessionId, type TabId } from '#contract/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { isStaff } from '#core/access/actor.ts';
import type { Change } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import type { RealtimeParts } from '../../realtime/socket.ts';
import type { MayHear } from '../../stream/follow.ts';
import { createAttachedTabs } from './attached.ts';
import { type Eraser, eraseOldSessions } from './erase.ts';
import { hearersOf, maySee } from './policy.ts';
import { attach, markAllAway, type PresenceHooks, seeOutTheLost } from './presence.ts';
import { serveRatings } from './rate.ts';
import { serveSessions } from './routes.ts';
import { type SentFiles, watchSentFiles } from './sent-files.ts';
import { findSession, type SessionRow } from './store.ts';

/** Video sessions: lifecycle, participants, presence, duration, log. */
export { createSession } from './create.ts';
export { mayFind as mayFindSession, maySee as maySeeSession } from './policy.ts';
export { readSession } from './routes.ts';
export type { SentFile, SentFiles } from './sent-files.ts';
export { authorOf as personOfParticipant, logInSession, takeStep, tellSessionChanged } from './step.ts';
export {
  codeOf as codeOfSession,
  findOwnParticipant,
  findParticipant,
  findParticipants,
  findSession,
  findSessions,
  type ParticipantRow,
  type SessionRow,
  stillSees,
} from './store.ts';
export { participant, rating, session } from './tables.ts';

/** An event of one of these kinds. */
type EventOf<Kind extends SessionEventBody['kind']> = SessionEvent & {
  readonly body: Extract<SessionEventBody, { kind: Kind }>;
};

export interface Sessions {
  readonly sentFiles: SentFiles;
  readonly mayHear: MayHear;
  readonly attach: RealtimeParts['answers']['attach'];
  /** Whether any page of the participant can hear right now. */
  isAttached(participantId: ParticipantId): boolean;
  /** Called whenever a page of a participant begins to hear. */
  onAttached(listener: (participantId: ParticipantId) => void): void;
  /** Called when the last socket of a participant's tab is gone. */
  onTabGone(listener: (sessionId: SessionId, participantId: ParticipantId, tabId: TabId) => void): void;
  /** Adds what erases a feature's own part of a session whose time is over. */
  onErase(eraser: Eraser): void;
  /** Called within the change that logs an event of one of these kinds; what the listener throws undoes that change. */
  onLogged<Kind extends SessionEventBody['kind']>(
    kinds: readonly Kind[],
    listener: (change: Change, row: SessionRow, event: EventOf<Kind>) => Promise<void>,
  ): void;
}

/** All who listen to sessions, as one: the session is read once for all of them, and only if somebody wants the event. */
function listenTogether(parts: FeatureParts): Sessions['onLogged'] {
  const all: ((change: Change, event: SessionEvent) => ((row: SessionRow) => Promise<void>) | null)[] = [];
  parts.sessionListeners.push(async (change, sessionId, event) => {
    const wanted = all.map((listen) => listen(change, event)).filter((hear) => hear !== null);
    const row = wanted.length === 0 ? null : await findSession(change.sql, sessionId);
    if (row !== null) for (const hear of wanted) await hear(row);
  });
  return (kinds, listener) => {
    const isOfKind = (event: SessionEvent): event is EventOf<(typeof kinds)[number]> =>
      kinds.some((kind) => kind === event.body.kind);
    all.push((change, event) => (isOfKind(event) ? (row) => listener(change, row, event) : null));
  };
}

/** How often lost participants are looked for. */
const SWEEP_MS = 1_000;

/** Registers the routes and watches over presence until the server ends. */
export async function registerSession(app: App, parts: FeatureParts): Promise<Sessions> {
  const attached = createAttachedTabs();
  const hooks: PresenceHooks = { attached: [], tabGone: [] };
  const erasers: Eraser[] = [];
  await markAllAway(parts);
  eraseOldSessions(parts, erasers);
  serveSessions(app, parts, attached);
  serveRatings(app, parts);
  let sweeping = false;
  const sweep = setInterval(() => {
    if (sweeping) return;
    sweeping = true;
    seeOutTheLost(parts)
      .catch((error: unknown) => parts.log.warn({ err: error }, 'lost participants could not be seen out'))
      .finally(() => {
        sweeping = false;
      });
  }, SWEEP_MS);
  parts.signal.addEventListener('abort', () => clearInterval(sweep), { once: true });
  const sentFiles = watchSentFiles();
  const onLogged = listenTogether(parts);
  onLogged(['visibility-changed', 'ticket-linked', 'ticket-unlinked', 'participant-left'], async (change, { id }) =>
    change.afterCommit(() => sentFiles.recheck(id)),
  );
  return {
    sentFiles,
    onLogged,
    mayHear: async (actor, streamId) => {
      const row = await findSession(parts.database, SessionId.parse(streamId));
      if (row === null || !maySee(actor, row)) return null;
      return { as: isStaff(actor) ? 'staff' : 'public', rooms: hearersOf(row) };
    },
    attach: (listener, asked) => attach(parts, { attached, hooks }, listener, asked),
    isAttached: attached.hasAny,
    onAttached: (listener) => hooks.attached.push(listener),
    onTabGone: (listener) => hooks.tabGone.push(listener),
    onErase: (eraser) => erasers.push(eraser),
  };
}
