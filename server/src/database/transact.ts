import { and, eq } from 'drizzle-orm';
import { type Outcome, type Refusal, refused } from '#contract/errors.ts';
import type { RequestId, SessionId, TicketId } from '#contract/ids.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { TicketEvent } from '#contract/ticket/http.ts';
import { actorKey, type KnownActor } from '#core/access/actor.ts';
import type { Room } from '../realtime/rooms.ts';
import type { Outgoing, TellNow } from '../realtime/tell.ts';
import { request } from '../stream/tables.ts';
import type { Database, Transaction } from './pool.ts';

/** Called within the change that adds an event to a session's log: what it writes is committed with it, or neither is. */
export type SessionListener = (change: Change, sessionId: SessionId, event: SessionEvent) => Promise<void>;

/** The same for a ticket's Messenger. */
export type TicketListener = (change: Change, ticketId: TicketId, event: TicketEvent) => Promise<void>;

/** One change: what it writes is committed together, what it tells is said after the commit, or neither happens. */
export interface Change {
  readonly sql: Transaction;
  /** The server's clock, read once for the whole change. */
  readonly now: Date;
  tell(outgoing: Outgoing): void;
  /** Ends the sockets in a room after the commit, before anything is told: they may no longer hear what is. */
  shutOut(room: Room): void;
  /** After everything is told, nobody is left in this room: what it is for is not to be heard there any more. */
  empty(room: Room): void;
  /** Does something that is not in the database, once the change is committed. */
  afterCommit(run: () => void): void;
  /** Those who are to hear what a session's log gets. */
  readonly sessionListeners: readonly SessionListener[];
  readonly ticketListeners: readonly TicketListener[];
}

export interface TransactParts {
  readonly database: Database;
  readonly tell: TellNow;
  readonly disconnect: (room: Room) => void;
  readonly empty: (room: Room) => void;
  readonly clock: () => Date;
  readonly sessionListeners?: readonly SessionListener[];
  readonly ticketListeners?: readonly TicketListener[];
}

/** Carries a refusal out of the transaction, which only an exception rolls back. */
class Refused extends Error {
  readonly outcome: Refusal;
  constructor(outcome: Refusal) {
    super(outcome.code);
    this.outcome = outcome;
  }
}

/** Runs a change in one transaction. A refusal rolls everything back and is returned as the value it is. */
export async function transact<T>(
  parts: TransactParts,
  run: (change: Change) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const toTell: Outgoing[] = [];
  const toShutOut: Room[] = [];
  const toEmpty: Room[] = [];
  const toRun: (() => void)[] = [];
  try {
    const outcome = await parts.database.transaction(async (sql) => {
      const result = await run({
        sql,
        now: parts.clock(),
        tell: (outgoing) => toTell.push(outgoing),
        shutOut: (room) => toShutOut.push(room),
        empty: (room) => toEmpty.push(room),
        afterCommit: (run) => toRun.push(run),
        sessionListeners: parts.sessionListeners ?? [],
        ticketListeners: parts.ticketListeners ?? [],
      });
      if (!result.ok) throw new Refused(result);
      return result;
    });
    for (const run of toRun) run();
    for (const room of toShutOut) parts.disconnect(room);
    for (const outgoing of toTell) parts.tell(outgoing);
    for (const room of toEmpty) parts.empty(room);
    return outcome;
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

/**
 * Like `transact`, for a client's request that may arrive more than once (a retry, a reconnect, two tabs): the first
 * is carried out and its answer kept in the same transaction, every other gets that answer. A second one that arrives
 * while the first is under way waits for it on the primary key.
 */
export function transactOnce<T>(
  parts: TransactParts,
  asked: {
    readonly actor: KnownActor;
    readonly requestId: RequestId;
    readonly route: string;
    /** Asked before an earlier answer is given again: what it is about may be hidden since. */
    readonly mayStill?: (sql: Transaction) => Promise<boolean>;
  },
  run: (change: Change) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const key = { actor: actorKey(asked.actor), id: asked.requestId };
  return transact<T>(parts, async (change) => {
    const mine = and(eq(request.actor, key.actor), eq(request.id, key.id));
    const inserted = await change.sql
      .insert(request)
      .values({ ...key, route: asked.route, at: change.now })
      .onConflictDoNothing()
      .returning({ id: request.id });
    if (inserted.length === 0) {
      const [earlier] = await change.sql.select().from(request).where(mine);
      if (earlier?.route !== asked.route) return refused('request-id-reused', 'requestId');
      if (asked.mayStill !== undefined && !(await asked.mayStill(change.sql))) return refused('not-found');
      // Written by this very function for the same route, so it has that route's reply type.
      return { ok: true, value: earlier.reply as T };
    }
    const outcome = await run(change);
    if (outcome.ok)
      await change.sql
        .update(request)
        .set({ reply: outcome.value ?? {} })
        .where(mine);
    return outcome;
  });
}
