import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { ErrorReply } from '#contract/error-reply.ts';
import { type ErrorCode, refused } from '#contract/errors.ts';
import type { App } from './app-type.ts';
import { sendRefusal } from './serve.ts';

/** Fastify's own refusals, in the words of our table. */
const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'malformed',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  413: 'too-large',
  415: 'wrong-content-type',
  429: 'too-many',
  503: 'unavailable',
};

/** Postgres is restarting or out of reach: worth a retry, unlike a fault of ours. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '53300',
]);

/** Every error ends here: expected ones by the table, the rest logged whole and shown as one neutral answer. */
export function answerErrors(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const path = error.validation[0]?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
    // A malformed id in the address names something that does not exist, as any other wrong id does.
    if (error.validationContext === 'params') return sendRefusal(reply, refused('not-found'));
    return sendRefusal(reply, refused('malformed', path === '' ? error.validationContext : path));
  }
  const known = byStatus[error.statusCode ?? 500];
  if (known !== undefined) return sendRefusal(reply, refused(known));
  if (isUnreachable(error)) {
    request.log.warn({ err: error }, 'the database is out of reach');
    return sendRefusal(reply, refused('unavailable'));
  }
  const reference = randomUUID();
  request.log.error({ err: error, reference }, 'a request failed');
  const body: ErrorReply = { error: { code: 'failed', reference } };
  return reply.code(500).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}

function isUnreachable(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && unreachable.has(at.code)) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(at.message)) return true;
  }
  return false;
}
