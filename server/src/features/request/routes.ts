import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { RequestId, SessionId } from '#contract/ids.ts';
import * as routes from '#contract/request/http.ts';
import type { Actor } from '#core/access/actor.ts';
import { isStaff } from '#core/access/actor.ts';
import { transactOnce } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { mayFindSession } from '../session/index.ts';
import { type Answer, type Given, giveAnswer } from './answer.ts';
import { createRequest } from './create.ts';
import { readInbox } from './inbox.ts';
import { mayAnswer, mayAsk } from './policy.ts';
import { presentRequest } from './present.ts';
import { findComing, findRequest, findRequestsOfCode } from './store.ts';

const DAY_MS = 24 * 3_600_000;
/** How long a customer sees what became of their requests. */
const ANSWERED_DAYS = 7;

/** The HTTP side of requests: parse, authorize, decide, keep, tell. */
export function serveRequests(app: App, parts: FeatureParts): void {
  const { database, clock } = parts;

  /** Read anew, also for the repeat of a request that was answered: who may not see it any more learns nothing of it. */
  const read = async (actor: Actor, sessionId: SessionId): Promise<Outcome<routes.SessionRequest>> => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const asked = await findRequest(database, sessionId);
    if (asked === null || !mayFindSession(actor, asked.row)) return refused('not-found');
    return accepted(presentRequest(asked.row, asked.request));
  };

  const answer = async (
    actor: Actor,
    sessionId: SessionId,
    given: Answer,
    requestId: RequestId,
  ): Promise<Outcome<routes.Answered>> => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const asked = { actor, requestId, route: `${given.kind}Request ${sessionId}` };
    const done = await transactOnce<Given>(parts, asked, (change) => giveAnswer(change, actor, sessionId, given));
    if (!done.ok) return done;
    const now = await read(actor, sessionId);
    return now.ok ? accepted({ ...done.value, request: now.value }) : now;
  };

  serve(app, routes.createRequest, async ({ actor, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (isStaff(actor)) return refused('not-found');
    const asked = { actor, requestId: body.requestId, route: 'createRequest' };
    const made = await transactOnce(parts, asked, (change) => createRequest(change, actor, body));
    return made.ok ? read(actor, made.value.sessionId) : made;
  });
  serve(app, routes.readRequest, ({ actor, params }) => read(actor, params.sessionId));
  serve(app, routes.listCodeRequests, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayAsk(actor, params.codeId)) return refused('not-found');
    const since = new Date(clock().getTime() - ANSWERED_DAYS * DAY_MS);
    const found = await findRequestsOfCode(database, params.codeId, since);
    return accepted({ requests: found.map(({ row, request }) => presentRequest(row, request)) });
  });

  serve(app, routes.readInbox, async ({ actor, query }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    return mayAnswer(actor) ? accepted(await readInbox(database, query.page)) : refused('not-found');
  });

  serve(app, routes.listComing, async ({ actor }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayAnswer(actor)) return refused('not-found');
    const found = await findComing(database);
    return accepted({ requests: found.map(({ row, request }) => presentRequest(row, request)) });
  });

  serve(app, routes.acceptRequest, ({ actor, params, body }) =>
    answer(actor, params.sessionId, { kind: 'accept' }, body.requestId),
  );
  serve(app, routes.declineRequest, ({ actor, params, body }) =>
    answer(actor, params.sessionId, { kind: 'decline', words: body.words }, body.requestId),
  );
  serve(app, routes.proposeTimes, ({ actor, params, body }) => {
    const times = body.times.map((time) => new Date(time));
    return answer(actor, params.sessionId, { kind: 'propose', times, words: body.words }, body.requestId);
  });
  serve(app, routes.agreeTime, ({ actor, params, body }) =>
    answer(actor, params.sessionId, { kind: 'agree', at: new Date(body.at) }, body.requestId),
  );
  serve(app, routes.withdrawRequest, async ({ actor, params, body }) => {
    const done = await answer(actor, params.sessionId, { kind: 'withdraw' }, body.requestId);
    return done.ok ? accepted(done.value.request) : done;
  });
}
