import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Metadata, Server } from '@tus/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { accepted, type ErrorCode, type Outcome, refused } from '#contract/errors.ts';
import { UploadId } from '#contract/file/ids.ts';
import { fileLimits } from '#contract/file/limits.ts';
import { uploadsPath } from '#contract/file/upload.ts';
import { actorKey, type KnownActor } from '#core/access/actor.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { sendRefusal } from '../../http/serve.ts';
import type { OpenPurpose, Purposes } from './purposes.ts';
import { createUploadLocks } from './upload-locks.ts';
import type { UploadStore } from './upload-store.ts';

/** From us to the protocol, in the request that it is shown. */
const MOST_BYTES = 'sightglass-most-bytes';
const TYPE = 'application/offset+octet-stream';
/** What of a request the protocol is shown, and what of its answers goes out. */
const asked = ['tus-resumable', 'upload-offset', 'upload-length', 'upload-defer-length', 'content-length'] as const;
const answered = ['location', 'upload-offset', 'upload-length', 'upload-defer-length', 'cache-control'] as const;
/** The protocol's refusals in the words of our table. A request that another one has interrupted may come again. */
const codes: Readonly<Record<number, ErrorCode>> = {
  404: 'not-found',
  409: 'not-in-this-state',
  410: 'not-found',
  413: 'too-large',
  415: 'wrong-content-type',
  429: 'too-many',
  500: 'unavailable',
};
const Params = z.object({ uploadId: UploadId });
const Named = z.object({ purpose: z.string() });

/** An upload of whoever asks, with what it is for. */
interface Mine {
  readonly actor: KnownActor;
  readonly id: UploadId;
  readonly purpose: OpenPurpose;
}

/** Takes files in by tus 1.0. `interrupt` ends what is being received right now; what has come by then is kept. */
export function serveUploads(
  app: App,
  parts: FeatureParts,
  { purposes, store }: { readonly purposes: Purposes; readonly store: UploadStore },
): { interrupt(id: UploadId): void } {
  const receiving = new Map<string, Set<AbortController>>();
  const making = new Map<string, number>();
  const tus = new Server({
    path: uploadsPath,
    relativeLocation: true,
    datastore: store.data,
    locker: createUploadLocks(),
    lockDrainTimeout: 1_000,
    // The name that a request was given below is the last part of its address, for POST too.
    namingFunction: (request) => request.url.slice(request.url.lastIndexOf('/') + 1),
    maxSize: (request) => Number(request.headers.get(MOST_BYTES)),
    onResponseError: (_request, error) => {
      const isOurs = 'status_code' in error && error.status_code < 500;
      if (!isOurs) parts.log.error({ err: error }, 'an upload could not be kept');
      return undefined;
    },
  });

  // The bytes are read by the protocol, not by Fastify.
  app.addContentTypeParser(TYPE, (_request, _payload, done) => done(null));

  const answerTus = async (
    ended: AbortController,
    request: FastifyRequest,
    reply: FastifyReply,
    mine: Pick<Mine, 'id' | 'purpose'>,
  ) => {
    try {
      const signal = AbortSignal.any([parts.signal, ended.signal, AbortSignal.timeout(mine.purpose.mostMsAtOnce)]);
      return await tus.handleWeb(protocolRequest(signal, request, mine));
    } finally {
      // What is left of the request flows away.
      ended.abort();
      reply.header('tus-resumable', '1.0.0');
    }
  };

  const make = async (actor: KnownActor, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const purpose = purposeIn(purposes, request);
    if (!purpose.ok) return sendRefusal(reply, purpose);
    const size = sizeIn(request);
    if (!size.ok) return sendRefusal(reply, size);
    if ((size.value ?? 0) > purpose.value.mostBytes) return sendRefusal(reply, refused('too-large'));
    const id = UploadId.parse(randomUUID());
    const added = await store.add(actor, id, purpose.value, size.value);
    if (!added.ok) return sendRefusal(reply, added);
    const response = await answerTus(new AbortController(), request, reply, { id, purpose: purpose.value });
    if (response.status !== 201) await store.remove(id);
    return send(reply, response);
  };

  app.post(uploadsPath, async (request, reply) => {
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return sendRefusal(reply, refused('not-signed-in'));
    const owner = actorKey(actor);
    const atOnce = making.get(owner) ?? 0;
    // A thousand at once must not take all connections to the database to be refused there.
    if (atOnce >= fileLimits.uploadsUnderWay) return sendRefusal(reply, refused('too-many'));
    making.set(owner, atOnce + 1);
    try {
      return await make(actor, request, reply);
    } finally {
      const left = (making.get(owner) ?? 1) - 1;
      if (left === 0) making.delete(owner);
      else making.set(owner, left);
    }
  });

  const findMine = async (request: FastifyRequest): Promise<Outcome<Mine>> => {
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const params = Params.safeParse(request.params);
    const row = params.success ? await store.findOwn(actor, params.data.uploadId) : null;
    if (row === null) return refused('not-found');
    const purpose = purposes.open(row.purpose, row.metadata);
    if (!purpose.ok) return refused('not-found');
    const { mayAsk, mayWrite, mayRemove } = purpose.value;
    const asked = request.method === 'HEAD' ? mayAsk : request.method === 'DELETE' ? mayRemove : mayWrite;
    const may = await asked(actor, row.id);
    return may.ok ? accepted({ actor, id: row.id, purpose: purpose.value }) : may;
  };

  const goOn = async (request: FastifyRequest, reply: FastifyReply, ended: AbortController): Promise<FastifyReply> => {
    const mine = await findMine(request);
    if (!mine.ok) return sendRefusal(reply, mine);
    const isBytes = request.headers['content-type'] === TYPE;
    if (request.method === 'PATCH' && !isBytes) return sendRefusal(reply, refused('wrong-content-type'));
    const { id, purpose } = mine.value;
    const response = await answerTus(ended, request, reply, mine.value);
    if (request.method === 'DELETE') await store.remove(id);
    if (request.method === 'PATCH' && response.status === 204) {
      await store.touch(id);
      await purpose.received(id, Number(response.headers.get('upload-offset')));
    }
    return send(reply, response);
  };

  app.route<{ Params: { uploadId: string } }>({
    method: ['HEAD', 'PATCH', 'DELETE'],
    url: `${uploadsPath}/:uploadId`,
    handler: async (request, reply) => {
      // The database takes it in any case.
      const uploadId = request.params.uploadId.toLowerCase();
      const ended = new AbortController();
      const others = receiving.get(uploadId) ?? new Set();
      // Before it is asked about: what is forbidden after the answer ends it, what was forbidden before is in the answer.
      receiving.set(uploadId, others.add(ended));
      try {
        return await goOn(request, reply, ended);
      } finally {
        others.delete(ended);
        if (others.size === 0 && receiving.get(uploadId) === others) receiving.delete(uploadId);
      }
    },
  });

  return {
    interrupt: (id) => {
      for (const ended of receiving.get(id) ?? []) ended.abort();
    },
  };
}

function purposeIn(purposes: Purposes, request: FastifyRequest): Outcome<OpenPurpose> {
  const header = request.headers['upload-metadata'];
  try {
    const metadata = Metadata.parse(typeof header === 'string' ? header : undefined);
    return purposes.open(Named.parse(metadata).purpose, metadata);
  } catch {
    return refused('malformed', 'Upload-Metadata');
  }
}

/** The length that is said at the start; null when it is to be said later. */
function sizeIn({ headers }: FastifyRequest): Outcome<number | null> {
  if (headers['tus-resumable'] !== '1.0.0') return refused('malformed', 'Tus-Resumable');
  const length = headers['upload-length'];
  if (length === undefined) {
    return headers['upload-defer-length'] === '1' ? accepted(null) : refused('malformed', 'Upload-Length');
  }
  const isNumber = typeof length === 'string' && /^(0|[1-9]\d{0,14})$/.test(length);
  return isNumber && headers['upload-defer-length'] === undefined
    ? accepted(Number(length))
    : refused('malformed', 'Upload-Length');
}

/** The request as the protocol is to see it: only what it needs, at the upload's address. */
function protocolRequest(signal: AbortSignal, request: FastifyRequest, { id, purpose }: Pick<Mine, 'id' | 'purpose'>) {
  const headers = new Headers();
  for (const name of asked) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set(MOST_BYTES, String(purpose.mostBytes));
  const url = `http://uploads${uploadsPath}/${id}`;
  if (request.method !== 'PATCH') {
    headers.delete('content-length');
    return new Request(url, { method: request.method, headers });
  }
  headers.set('content-type', request.headers['content-type'] ?? '');
  const body = bytesOf(signal, request.raw, purpose.mostBytesAtOnce);
  const init: RequestInit & { duplex: 'half' } = { method: 'PATCH', headers, body, duplex: 'half' };
  return new Request(url, init);
}

/** What comes, until it ends, the connection is lost, the signal says so, or it is enough; never an error, so that all of it is kept. */
function bytesOf(signal: AbortSignal, raw: IncomingMessage, most: number): ReadableStream<Uint8Array> {
  const chunks = raw.iterator({ destroyOnReturn: false });
  const ended = new Promise<null>((resolve) => {
    const over = () => {
      resolve(null);
      // What nobody has read would keep the connection from the next request; only without its reader it flows away.
      void chunks.return?.().then(
        () => raw.resume(),
        () => raw.destroy(),
      );
    };
    if (signal.aborted) over();
    signal.addEventListener('abort', over, { once: true });
  });
  let left = most;
  return new ReadableStream({
    async pull(controller) {
      const next = await Promise.race([chunks.next().catch(() => null), ended]);
      if (next === null || next.done === true || left <= 0) return controller.close();
      const chunk: Uint8Array = next.value;
      controller.enqueue(chunk.subarray(0, left));
      left -= chunk.length;
    },
  });
}

function send(reply: FastifyReply, response: Response): FastifyReply {
  if (response.status >= 400) return sendRefusal(reply, refused(codes[response.status] ?? 'malformed'));
  for (const name of answered) {
    const value = response.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  return reply.code(response.status).send();
}
