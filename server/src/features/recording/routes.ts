import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { RequestId } from '#contract/ids.ts';
import { SessionId } from '#contract/ids.ts';
import * as routes from '#contract/recording/http.ts';
import type { Actor, KnownActor } from '#core/access/actor.ts';
import { isStaff } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import { type Change, transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { findSession, stillSees } from '../session/index.ts';
import { answerRecording, withdrawConsent } from './answer.ts';
import { eraseRecording } from './erase.ts';
import { linkTo } from './links.ts';
import { listAll, listOfSession } from './list.ts';
import { beginPart, finishPart } from './parts.ts';
import { placeAt, placeIn } from './place.ts';
import { mayManage, maySeeLedger, mayWatch } from './policy.ts';
import type { RecordingParts } from './recording-parts.ts';
import { startRecording, stopRecording } from './start.ts';
import { findRecording } from './store.ts';

/** The HTTP side of recordings: parse, authorize, decide, keep, tell. */
export function serveRecordings(app: App, parts: RecordingParts): void {
  const { database } = parts;
  /** One change, once per request id. */
  const once = <T>(
    actor: Actor,
    { requestId, sessionId }: { readonly requestId: RequestId; readonly sessionId?: SessionId },
    route: string,
    run: (change: Change, actor: KnownActor) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    if (actor.kind === 'nobody') return Promise.resolve(refused('not-signed-in'));
    const mayStill = sessionId === undefined ? {} : { mayStill: stillSees(actor, sessionId) };
    return transactOnce(parts, { actor, requestId, route, ...mayStill }, (change) => run(change, actor));
  };

  serve(app, routes.startRecording, ({ actor, params, body }) =>
    once(actor, { ...params, ...body }, `startRecording ${params.sessionId}`, async (change, known) => {
      const place = await placeIn(change, known, params.sessionId);
      return place.ok ? startRecording(change, place.value, body) : place;
    }),
  );
  serve(app, routes.answerRecording, ({ actor, params, body }) =>
    once(actor, { ...params, ...body }, `answerRecording ${params.recordingId}`, async (change, known) => {
      const place = await placeAt(change, known, params);
      return place.ok ? answerRecording(change, parts, place.value, body) : place;
    }),
  );
  serve(app, routes.withdrawConsent, ({ actor, params, body }) =>
    once(actor, { ...params, ...body }, `withdrawConsent ${params.recordingId}`, async (change, known) => {
      const place = await placeAt(change, known, params);
      return place.ok ? withdrawConsent(change, parts, place.value, body) : place;
    }),
  );
  serve(app, routes.beginRecordingPart, ({ actor, params, body }) =>
    once(actor, { ...params, ...body }, `beginRecordingPart ${params.recordingId}`, async (change, known) => {
      const place = await placeAt(change, known, params);
      return place.ok ? beginPart(change, place.value, body) : place;
    }),
  );
  serve(app, routes.finishRecordingPart, ({ actor, params, body }) =>
    once(actor, { ...params, ...body }, `finishRecordingPart ${params.partId}`, async (change, known) => {
      const place = await placeAt(change, known, params);
      return place.ok ? finishPart(change, parts, place.value, params.partId) : place;
    }),
  );
  serve(app, routes.stopRecording, ({ actor, params, body }) =>
    once(actor, { ...params, ...body }, `stopRecording ${params.recordingId}`, async (change, known) => {
      const place = await placeAt(change, known, params);
      return place.ok ? stopRecording(change, parts, place.value, { ...params, ...body }) : place;
    }),
  );

  serve(app, routes.listSessionRecordings, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const row = await findSession(database, params.sessionId);
    if (row === null || !mayWatch(actor, row)) return refused('not-found');
    return accepted({ recordings: await listOfSession(database, row.id, maySeeLedger(actor)) });
  });
  serve(app, routes.listRecordings, async ({ actor, query }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!isStaff(actor)) return refused('not-found');
    return mayManage(actor) ? accepted(await listAll(database, query)) : refused('not-allowed');
  });
  serve(app, routes.eraseRecording, ({ actor, params, body }) =>
    once<Record<string, never>>(actor, body, `eraseRecording ${params.recordingId}`, async (change, known) => {
      const found = isStaff(known) ? await findRecording(change.sql, params.recordingId) : null;
      const row = found === null ? null : await findSession(change.sql, SessionId.parse(found.sessionId), true);
      if (found === null || row === null) return refused('not-found');
      if (!mayManage(known)) return refused('not-allowed');
      // Read again behind the lock.
      const state = (await findRecording(change.sql, found.id))?.state;
      if (state !== 'ready' && state !== 'failed') return refused('not-in-this-state');
      await eraseRecording(change, parts, row, found.id, personOf(known), 'by-hand');
      return accepted({});
    }),
  );
  serve(app, routes.linkRecording, async ({ actor, params }) =>
    actor.kind === 'nobody' ? refused('not-signed-in') : linkTo(parts, actor, params.recordingId),
  );
}
