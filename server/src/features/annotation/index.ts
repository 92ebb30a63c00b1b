import * as routes from '#contract/annotation/http.ts';
import { type Outcome, refused } from '#contract/errors.ts';
import type { RequestId, SessionId } from '#contract/ids.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { Actor } from '#core/access/actor.ts';
import { type Change, transactOnce } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { type Sessions, stillSees } from '../session/index.ts';
import { clearDrawings, makeDrawing, moveDrawing } from './drawings.ts';
import { eraseRows } from './erase.ts';
import { freezePicture, releasePicture } from './freeze.ts';
import { removePictures, servePictures } from './pictures.ts';
import { type DrawingPlace, placeToDraw } from './place.ts';

export { type PictureType, pictureSizeOf, pictureTypeOf } from './picture-type.ts';
export { hasPicture, withholdPicture } from './pictures.ts';

/** Drawings on live pictures and stills: who may, what is kept, in the session's log. */
export function registerAnnotation(
  app: App,
  parts: FeatureParts,
  sessions: Pick<Sessions, 'onErase' | 'sentFiles'>,
): void {
  servePictures(app, parts, sessions.sentFiles);
  sessions.onErase({ rows: eraseRows, files: (sessionId) => removePictures(parts.storage, sessionId) });

  /** One change by somebody who may draw in this session, once per request id. */
  const draw = (
    actor: Actor,
    asked: { readonly sessionId: SessionId; readonly requestId: RequestId; readonly route: string },
    run: (change: Change, place: DrawingPlace) => Promise<Outcome<SessionEvent>>,
  ): Promise<Outcome<SessionEvent>> => {
    if (actor.kind === 'nobody') return Promise.resolve(refused('not-signed-in'));
    const { requestId, sessionId } = asked;
    const mayStill = stillSees(actor, sessionId);
    return transactOnce(parts, { actor, requestId, route: `${asked.route} ${sessionId}`, mayStill }, async (change) => {
      const place = await placeToDraw(change.sql, actor, sessionId);
      return place.ok ? run(change, place.value) : place;
    });
  };

  serve(app, routes.makeDrawing, ({ actor, params, body }) =>
    draw(actor, { ...params, ...body, route: 'makeDrawing' }, (change, place) =>
      makeDrawing(change, place, body.requestId, body.drawing),
    ),
  );
  serve(app, routes.removeDrawing, ({ actor, params, body }) =>
    draw(actor, { ...params, ...body, route: `removeDrawing ${params.drawingId}` }, (change, place) =>
      moveDrawing(change, place, body.requestId, params.drawingId, 'removed'),
    ),
  );
  serve(app, routes.restoreDrawing, ({ actor, params, body }) =>
    draw(actor, { ...params, ...body, route: `restoreDrawing ${params.drawingId}` }, (change, place) =>
      moveDrawing(change, place, body.requestId, params.drawingId, 'shown'),
    ),
  );
  serve(app, routes.clearDrawings, ({ actor, params, body }) =>
    draw(actor, { ...params, ...body, route: 'clearDrawings' }, (change, place) =>
      clearDrawings(change, place, body.requestId, body.whose),
    ),
  );
  serve(app, routes.freezePicture, ({ actor, params, body }) =>
    draw(actor, { ...params, ...body, route: 'freezePicture' }, (change, place) => freezePicture(change, place, body)),
  );
  serve(app, routes.releasePicture, ({ actor, params, body }) =>
    draw(actor, { ...params, ...body, route: 'releasePicture' }, (change, place) =>
      releasePicture(change, place, body.requestId),
    ),
  );
}
