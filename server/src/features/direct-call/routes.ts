import * as routes from '#contract/direct-call/http.ts';
import { accepted, refused } from '#contract/errors.ts';
import { transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { findSession, mayFindSession, stillSees } from '../session/index.ts';
import { answerCall, declineCall } from './answer.ts';
import { canRingNow } from './availability.ts';
import { readContactOf } from './contact.ts';
import type { DirectCallParts } from './direct-call-parts.ts';
import { hangUp } from './over.ts';
import { isCaller, mayAnswer, mayCall } from './policy.ts';
import { startCall } from './start.ts';
import { findCall, findRingingFor } from './store.ts';

/** The HTTP side of direct calls: parse, authorize, decide, keep, tell. */
export function serveDirectCalls(app: App, parts: DirectCallParts): void {
  const { database, clock } = parts;

  serve(app, routes.readContact, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayCall(actor, params.codeId)) return refused('not-found');
    return accepted(await readContactOf(parts, database, params.codeId));
  });

  serve(app, routes.startDirectCall, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayCall(actor, params.codeId)) return refused('not-found');
    const asked = { actor, requestId: body.requestId, route: `startDirectCall ${params.codeId}` };
    const wish = { codeId: params.codeId, subject: body.subject };
    const started = await transactOnce(parts, asked, (change) => startCall(change, parts, actor, wish));
    // Asked again for a call that was hidden meanwhile: there is none.
    return started.ok && !(await stillSees(actor, started.value.sessionId)(database)) ? refused('not-found') : started;
  });

  serve(app, routes.hangUp, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const mayStill = stillSees(actor, params.sessionId);
    const asked = { actor, requestId: body.requestId, route: `hangUp ${params.sessionId}`, mayStill };
    return transactOnce(parts, asked, (change) => hangUp(change, params.sessionId, actor));
  });

  serve(app, routes.readCallOutcome, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const call = await findCall(database, params.sessionId);
    const row = call === null ? null : await findSession(database, params.sessionId);
    if (call === null || row === null || !isCaller(actor, call, row)) return refused('not-found');
    const request = call.requestSessionId === null ? null : await findSession(database, call.requestSessionId);
    const requestSessionId = request !== null && mayFindSession(actor, request) ? request.id : null;
    return accepted({ ringsUntil: call.ringsUntil.toISOString(), requestSessionId });
  });

  serve(app, routes.listRinging, async ({ actor }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayAnswer(actor)) return refused('not-found');
    const now = clock();
    const calls = (await canRingNow(database, actor.id)) ? await findRingingFor(database, actor.id, now) : [];
    return accepted({ calls, now: now.toISOString() });
  });

  serve(app, routes.answerCall, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayAnswer(actor)) return refused('not-found');
    const asked = { actor, requestId: body.requestId, route: `answerCall ${params.sessionId}` };
    return transactOnce(parts, asked, (change) => answerCall(change, actor, params.sessionId));
  });

  serve(app, routes.declineCall, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayAnswer(actor)) return refused('not-found');
    const asked = { actor, requestId: body.requestId, route: `declineCall ${params.sessionId}` };
    return transactOnce(parts, asked, (change) => declineCall(change, actor, params.sessionId));
  });
}
