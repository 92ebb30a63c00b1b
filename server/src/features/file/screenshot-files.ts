import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZipFile } from 'yazl';
import { refused } from '#contract/errors.ts';
import {
  ScreenshotFileParams,
  ScreenshotsArchiveParams,
  screenshotFilePath,
  screenshotsArchivePath,
} from '#contract/file/http.ts';
import type { SessionId } from '#contract/ids.ts';
import { versionsFor } from '#core/file/screenshots.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { sendRefusal } from '../../http/serve.ts';
import type { StorageKey } from '../../ports/storage.ts';
import type { PictureType } from '../annotation/index.ts';
import { findSession, maySeeSession, type SentFile, type SentFiles, type SessionRow } from '../session/index.ts';
import { looksAs } from './policy.ts';
import {
  type FileName,
  fileOf,
  findScreenshot,
  findShownScreenshots,
  findVersions,
  type VersionRow,
} from './screenshot-store.ts';

const endings = { 'image/webp': 'webp', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;
const typeOf = (version: VersionRow, file: FileName): PictureType =>
  ({ picture: version.pictureType, painted: version.paintedType, thumbnail: version.thumbnailType })[file];

/** Hands the pictures of screenshots out, one by one and all in one; files, so not routes of the contract's JSON kind. */
export function serveScreenshotFiles(app: App, parts: FeatureParts, sentFiles: SentFiles): void {
  const { database, storage } = parts;

  /** The session, if whoever asks may see it, and with whose eyes they look at it. */
  const findPlace = async (request: FastifyRequest, sessionId: SessionId) => {
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return null;
    const row = await findSession(database, sessionId);
    return row !== null && maySeeSession(actor, row) ? { row, as: looksAs(actor) } : null;
  };
  const beginToSend = (request: FastifyRequest, reply: FastifyReply, sessionId: SessionId): SentFile =>
    sentFiles.begin(sessionId, reply.raw, async () => (await findPlace(request, sessionId)) !== null);
  const refuse = async (request: FastifyRequest, reply: FastifyReply) => {
    const { kind } = await app.actorOf(request);
    return sendRefusal(reply, refused(kind === 'nobody' ? 'not-signed-in' : 'not-found'));
  };

  const openFile = async (key: StorageKey): Promise<Readable> => {
    const stream = await storage.read(key);
    if (stream === null) throw new Error(`the file of a screenshot is missing: ${key}`);
    return stream;
  };

  /** The version asked for and what it is saved as; null unless it is there and may be seen. */
  const findShown = async (request: FastifyRequest, reply: FastifyReply) => {
    const params = ScreenshotFileParams.safeParse(request.params);
    if (!params.success) return null;
    const sent = beginToSend(request, reply, params.data.sessionId);
    const place = await findPlace(request, params.data.sessionId);
    if (place === null) return null;
    const { sessionId, screenshotId, version: number, file } = params.data;
    const shown = versionsFor(await findVersions(database, sessionId, screenshotId), place.as);
    const version = shown.find((one) => one.number === number);
    const shot = await findScreenshot(database, sessionId, screenshotId);
    if (version === undefined || shot === null) return null;
    const rest = (number === 1 ? '' : ` v${number}`) + (file === 'picture' ? '' : ` ${file}`);
    return { version, file, name: nameOf(place.row, shot.number, rest), sent };
  };

  app.get(screenshotFilePath, async (request, reply) => {
    const found = await findShown(request, reply);
    if (found === null) return refuse(request, reply);
    const { version, file, name, sent } = found;
    const isSaved = typeof request.query === 'object' && request.query !== null && 'download' in request.query;
    // It never changes, but may be blurred or erased: a browser may keep it, and has to ask whether it still may show it.
    const tag = `"${version.screenshotId}-${version.number}-${file}"`;
    const key = fileOf(version, file);
    const isKept = request.headers['if-none-match'] === tag;
    const bytes = isKept ? null : await storage.size(key);
    const stream = bytes === null ? null : await storage.read(key);
    if (!sent.mayGo() || (!isKept && stream === null)) {
      stream?.destroy();
      return refuse(request, reply);
    }
    reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (stream === null) return reply.code(304).send();
    const type = typeOf(version, file);
    return reply
      .type(type)
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', disposition(isSaved, `${name}.${endings[type]}`))
      .header('content-length', bytes)
      .send(stream);
  });

  app.get(screenshotsArchivePath, async (request, reply) => {
    const params = ScreenshotsArchiveParams.safeParse(request.params);
    if (!params.success) return refuse(request, reply);
    const sent = beginToSend(request, reply, params.data.sessionId);
    const place = await findPlace(request, params.data.sessionId);
    if (place === null) return refuse(request, reply);
    const { row, as } = place;
    const all = await findShownScreenshots(database, row.id, as);
    const newest = all.flatMap(({ row: shot, versions }) => {
      const version = versions.at(-1);
      return version === undefined ? [] : [{ number: shot.number, version }];
    });
    if (newest.length === 0 || !sent.mayGo()) return refuse(request, reply);
    const zip = new ZipFile();
    const open = new Set<Readable>();
    for (const { number, version } of newest) {
      for (const { file, name } of entriesOf(number, version)) {
        // Pictures do not get smaller by being packed.
        zip.addReadStreamLazy(name, { mtime: version.at, compress: false }, (done) => {
          openFile(fileOf(version, file)).then(
            (stream) => {
              open.add(stream);
              stream.once('close', () => open.delete(stream));
              done(null, stream);
            },
            (error: unknown) => done(error, Readable.from([])),
          );
        });
      }
    }
    // Whoever hangs up leaves no file open; a file that is missing ends the answer, so that nobody takes it for whole.
    reply.raw.once('close', () => {
      for (const stream of open) stream.destroy();
    });
    zip.on('error', (error: unknown) => {
      request.log.error({ err: error }, 'an archive of screenshots is not whole');
      reply.raw.destroy();
    });
    zip.end();
    return reply
      .type('application/zip')
      .header('cache-control', 'private, no-store')
      .header('content-disposition', disposition(true, `${nameOf(row, null, '')}.zip`))
      .send(zip.outputStream);
  });
}

/** What of a version goes into an archive: the picture, and where something is drawn on it, both. */
function entriesOf(number: number, version: VersionRow): readonly { readonly file: FileName; readonly name: string }[] {
  const isDrawnOn = Array.isArray(version.drawings) && version.drawings.length > 0;
  const entry = (file: FileName, rest: string) => ({
    file,
    name: `Screenshot ${number}${rest}.${endings[typeOf(version, file)]}`,
  });
  return isDrawnOn ? [entry('painted', ''), entry('picture', ' without drawings')] : [entry('picture', '')];
}

/** What a saved file is called: the ticket, the subject, which screenshot. */
function nameOf({ ticket, subject }: SessionRow, number: number | null, rest: string): string {
  const of = ticket === null ? subject : `${ticket.number} ${ticket.subject}`;
  return `${of.slice(0, 80)} - screenshot${number === null ? 's' : ` ${number}`}${rest}`;
}

/** RFC 6266: a plain name for old programs, the true one in UTF-8. */
function disposition(isSaved: boolean, name: string): string {
  const safe = name.replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]/gu, '_').trim();
  const plain = safe.replace(/[^\x20-\x7e]|%/g, '_');
  const utf8 = encodeURIComponent(safe).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isSaved ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${utf8}`;
}
