import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type * as z from 'zod/mini';
import type { ErrorReply } from '#contract/error-reply.ts';
import type { Outcome, Refusal } from '#contract/errors.ts';
import { errors } from '#contract/errors.ts';
import type { Language } from '#contract/language.ts';
import type { Route } from '#contract/route.ts';
import type { Actor } from '#core/access/actor.ts';
import type { App } from './app-type.ts';
import { languageOfRequest } from './language.ts';

/** One parsed request: who asks, and what, by the route's schemas. */
export interface Asked<R extends Route> {
  readonly actor: Actor;
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  /** In which to word what the answer makes for this person. */
  readonly language: Language;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Decides and keeps; a refusal is a value. The reply is filtered by the route's schema before it leaves. */
export type Answer<R extends Route> = (asked: Asked<R>) => Promise<Outcome<z.input<R['reply']>>>;

/** Registers a route of the contract. */
export function serve<R extends Route>(app: App, route: R, answer: Answer<R>): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: route.method,
    url: route.path,
    schema: {
      params: route.params,
      querystring: route.query,
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: route.body }),
      response: { 200: route.reply },
    },
    handler: async (request, reply) => {
      const outcome = await answer({
        actor: await app.actorOf(request),
        // Parsed by these very schemas in Fastify's validator; its types can't follow a generic route.
        params: request.params as z.output<R['params']>,
        query: request.query as z.output<R['query']>,
        body: (request.body ?? {}) as z.output<R['body']>,
        language: languageOfRequest(request),
        request,
        reply,
      });
      if (outcome.ok) return outcome.value ?? {};
      return sendRefusal(reply, outcome);
    },
  });
}

/** Answers with the status of the error table. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, field, retryAfterSeconds } = refusal;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  const body: ErrorReply = {
    error: {
      code,
      ...(field === undefined ? {} : { field }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  };
  // Past the response schema of the route, which describes only what was asked for.
  return reply.code(errors[code].status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}
