import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused } from '#contract/errors.ts';
import type { ByteRange } from '../ports/storage.ts';
import { sendRefusal } from './serve.ts';

/** A kept file, as it is to be sent. */
export interface SentFile {
  readonly size: number;
  readonly type: string;
  readonly read: (range: ByteRange) => Promise<Readable | null>;
  /** The name it is saved under; null shows it in the page. */
  readonly saveAs: string | null;
}

/** What part of a file of this size a Range header asks for: `all` for none or one that is not understood (RFC 9110, 14.2). */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'all' | 'impossible' {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return 'all';
  if (from === '') {
    const last = Math.min(Number(to), size);
    return last === 0 ? 'impossible' : { start: size - last, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return 'all';
  return start >= size ? 'impossible' : { start, end };
}

/** Sends a file or the part of it that is asked for. It is for whoever asks alone: nobody on the way keeps it. */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: SentFile): Promise<FastifyReply> {
  const { size } = file;
  // Files go out without a mark of their state, so none that a client compares with is this one's (RFC 9110, 13.1.5).
  const asked = request.headers['if-range'] === undefined ? rangeOf(request.headers.range, size) : 'all';
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-cache');
  if (asked === 'impossible') {
    return reply.code(416).header('content-range', `bytes */${size}`).send();
  }
  const range = asked === 'all' ? { start: 0, end: size - 1 } : asked;
  const bytes = size === 0 ? null : await file.read(range);
  if (bytes === null) return sendRefusal(reply, refused('not-found'));
  if (asked !== 'all') reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  if (file.saveAs !== null) reply.header('content-disposition', `attachment; filename="${file.saveAs}"`);
  return reply
    .type(file.type)
    .header('content-length', range.end - range.start + 1)
    .send(request.method === 'HEAD' ? nothingOf(bytes) : bytes);
}

/** Fastify answers HEAD with the answer to GET and reads its stream to the end: a long recording from the disk, for nothing. */
function nothingOf(bytes: Readable): Readable {
  bytes.destroy();
  return Readable.from([]);
}
