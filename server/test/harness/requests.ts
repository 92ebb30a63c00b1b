import type { SessionId } from '#contract/ids.ts';
import * as requests from '#contract/request/http.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import { type Answer, type Client, newRequestId } from './client.ts';
import type { People } from './organization.ts';

/** What a customer asks for, at the people's code. */
export function askFor(people: People, wish: Readonly<Record<string, unknown>> = {}, by: Client = people.customer) {
  const body = { requestId: newRequestId(), place: { code: people.code.id }, subject: 'It stands', ...wish };
  return by.get(requests.createRequest, { body });
}

/** The same, whatever it is answered. */
export function tryToAsk(people: People, wish: Readonly<Record<string, unknown>>): Promise<Answer> {
  const body = { requestId: newRequestId(), place: { code: people.code.id }, subject: 'It stands', ...wish };
  return people.customer.ask(requests.createRequest, { body });
}

/** One side's answer, which must be accepted. */
export function answer<R extends Route>(
  by: Client,
  route: R,
  sessionId: SessionId,
  wish: Readonly<Record<string, unknown>> = {},
) {
  return by.get(route, { params: { sessionId }, body: { requestId: newRequestId(), ...wish } });
}

/** The same, whatever it is answered. */
export const tryToAnswer = (
  by: Client,
  route: Route,
  sessionId: SessionId,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<Answer> => by.ask(route, { params: { sessionId }, body: { requestId: newRequestId(), ...wish } });

/** What has happened in a session's log: kinds of events, and for a change of status what it became. */
export async function storyOf(reader: Client, sessionId: SessionId): Promise<readonly string[]> {
  const { events } = await reader.get(sessions.sessionEvents, { params: { sessionId } });
  return events.map(({ body }) => (body.kind === 'status-changed' ? body.to : body.kind));
}
