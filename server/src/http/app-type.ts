import type http from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Actor } from '#core/access/actor.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Who asks, by cookie; resolved from the database anew for each request. */
    actorOf(request: FastifyRequest): Promise<Actor>;
  }
}

export type App = FastifyInstance<http.Server, http.IncomingMessage, http.ServerResponse, FastifyBaseLogger>;
