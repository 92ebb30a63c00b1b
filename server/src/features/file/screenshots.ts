import { accepted, type Outcome, refused } from '#contract/errors.ts';
import * as routes from '#contract/file/http.ts';
import { fileLimits } from '#contract/file/limits.ts';
import { ScreenshotUpload } from '#contract/file/upload.ts';
import type { RequestId, SessionId } from '#contract/ids.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { Actor, KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { type Change, transactOnce } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import {
  findOwnParticipant,
  findSession,
  maySeeSession,
  type SentFiles,
  type SessionRow,
  stillSees,
} from '../session/index.ts';
import { addVersion } from './add-version.ts';
import { eraseScreenshot, removeFiles } from './erase-screenshot.ts';
import { looksAs, mayEdit, mayErase } from './policy.ts';
import type { Purposes } from './purposes.ts';
import { serveScreenshotFiles } from './screenshot-files.ts';
import { findScreenshot, findShownScreenshots, presentScreenshot } from './screenshot-store.ts';
import { takeScreenshot } from './take-screenshot.ts';
import type { UploadStore } from './upload-store.ts';

/** A6: screenshots of sessions, in the session's log from the moment they are taken. */
export function serveScreenshots(
  app: App,
  parts: FeatureParts,
  {
    purposes,
    store,
    sentFiles,
  }: { readonly purposes: Purposes; readonly store: UploadStore; readonly sentFiles: SentFiles },
): void {
  const { database, storage } = parts;

  /** Whether this person may bring pictures into the session. */
  const mayBring = async (sql: Database | Transaction, actor: KnownActor, sessionId: SessionId) => {
    const row = await findSession(sql, sessionId);
    if (row === null || !maySeeSession(actor, row)) return refused('not-found');
    return mayEdit(actor, await findOwnParticipant(sql, row.id, actor)) ? accepted(null) : refused('not-joined');
  };
  purposes.take({
    name: 'screenshot',
    metadata: ScreenshotUpload,
    mostBytes: () => fileLimits.screenshotBytes,
    mayCreate: (change, actor, { sessionId }) => mayBring(change.sql, actor, sessionId),
    mayWrite: (actor, { sessionId }) => mayBring(database, actor, sessionId),
  });

  /**
   * One change in a session that whoever asks may see, once per request id. The session is held meanwhile: its erasure comes
   * before or after, and the two cannot wait for each other.
   */
  const changeIn = (
    actor: Actor,
    asked: { readonly sessionId: SessionId; readonly requestId: RequestId; readonly route: string },
    run: (change: Change, actor: KnownActor, row: SessionRow) => Promise<Outcome<SessionEvent>>,
  ): Promise<Outcome<SessionEvent>> => {
    if (actor.kind === 'nobody') return Promise.resolve(refused('not-signed-in'));
    const { requestId, sessionId } = asked;
    const mayStill = stillSees(actor, sessionId);
    return transactOnce(parts, { actor, requestId, route: `${asked.route} ${sessionId}`, mayStill }, async (change) => {
      const row = await findSession(change.sql, sessionId, true);
      return row === null || !maySeeSession(actor, row) ? refused('not-found') : run(change, actor, row);
    });
  };

  serve(app, routes.takeScreenshot, ({ actor, params, body }) =>
    changeIn(actor, { ...params, ...body, route: 'takeScreenshot' }, (change, by, row) =>
      takeScreenshot(change, by, row, body),
    ),
  );

  serve(app, routes.addScreenshotVersion, async ({ actor, params, body }) => {
    const { screenshotId } = params;
    const asked = { ...params, ...body, route: `addScreenshotVersion ${screenshotId}` };
    const added = await changeIn(actor, asked, (change, by, row) =>
      addVersion(change, { storage, store }, by, row, { ...body, screenshotId }),
    );
    for (const id of [body.picture, body.painted, body.thumbnail]) {
      if (id === null) continue;
      if (added.ok) await store.removeUsed(id);
      // Somebody was first, or the screenshot is erased: nobody can make anything of these any more.
      else if (added.code === 'not-in-this-state') await store.removeOwn(actor, id);
    }
    return added;
  });

  serve(app, routes.eraseScreenshot, async ({ actor, params, body }) => {
    const { sessionId, screenshotId } = params;
    const asked = { ...params, ...body, route: `eraseScreenshot ${screenshotId}` };
    const erased = await changeIn(actor, asked, async (change, by, row) => {
      if (mayErase(by)) {
        const { requestId } = body;
        return eraseScreenshot(change, row, screenshotId, { author: personOf(by), why: 'by-hand', requestId });
      }
      return refused((await findScreenshot(change.sql, row.id, screenshotId)) === null ? 'not-found' : 'not-allowed');
    });
    if (erased.ok) await removeFiles(storage, sessionId, screenshotId);
    return erased;
  });

  serve(app, routes.listScreenshots, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const row = await findSession(database, params.sessionId);
    if (row === null || !maySeeSession(actor, row)) return refused('not-found');
    const shown = await findShownScreenshots(database, row.id, looksAs(actor));
    return accepted({ screenshots: shown.map((one) => presentScreenshot(one.row, one.versions)) });
  });

  serveScreenshotFiles(app, parts, sentFiles);
}
