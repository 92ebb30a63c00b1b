import { randomUUID } from 'node:crypto';
import type { SessionId } from '#contract/ids.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import type { ActorName, World } from './access-world.ts';
import { type Client, newRequestId } from './harness/client.ts';

/** One request, ready to be sent. */
export interface Wish {
  /** Who sends it, where it is not the actor of the column. */
  readonly client?: Client;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface Row {
  readonly route: Route;
  /** What is special about this row, where a route has several. */
  readonly when?: string;
  /**
   * What each actor is answered, in the order of `actors`:
   * nobody · revoked · expert · coAdmin · admin · owner · stranger · switchedOff · rotated.
   * `ok` is carried out, everything else is a code of the error table: `login` not-signed-in, `no` not-allowed, `none` not-found.
   */
  readonly answers: string;
  /** Makes what is asked about, anew for each request, and the request. */
  readonly wish: (world: World, actor: ActorName) => Wish | Promise<Wish>;
  /** The same request about something that does not exist; without it the ids in the address are exchanged. */
  readonly missing?: ((wish: Wish) => Wish) | 'nothing is named' | undefined;
}

/** A body with a request id of its own. */
export const fresh = (body: Readonly<Record<string, unknown>> = {}) => ({ requestId: newRequestId(), ...body });

/** A new session that the actor has joined, if they may, from this tab. */
export async function joined(world: World, actor: ActorName): Promise<{ sessionId: SessionId; tabId: string }> {
  const sessionId = await world.newSession(actor);
  const tabId = randomUUID();
  await world.people[actor].ask(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId }) });
  return { sessionId, tabId };
}

/** A request into such a session. */
export const inJoined = async (world: World, actor: ActorName, body: Readonly<Record<string, unknown>> = {}) => {
  const { sessionId, tabId } = await joined(world, actor);
  return { params: { sessionId }, body: { ...fresh({ tabId }), ...body } };
};

/** A request into a new session that nobody has joined. */
export const inSession = async (world: World, actor: ActorName, body: Readonly<Record<string, unknown>> = {}) => ({
  params: { sessionId: await world.newSession(actor) },
  body: fresh({ tabId: randomUUID(), ...body }),
});
