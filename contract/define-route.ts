import * as z from 'zod/mini';
import type { Route } from './route.ts';

const Nothing = z.object({});
type Nothing = typeof Nothing;
type Schema = z.ZodMiniType;

/** Describes one route; parts that are left out are empty objects. A change that must not be made twice carries a request id. */
export function defineRoute<
  Params extends Schema = Nothing,
  Query extends Schema = Nothing,
  Body extends Schema = Nothing,
  Reply extends Schema = Nothing,
>(route: {
  method: Route['method'];
  path: string;
  params?: Params;
  query?: Query;
  body?: Body;
  reply?: Reply;
}): Route<Params, Query, Body, Reply> {
  return {
    method: route.method,
    path: route.path,
    params: route.params ?? (Nothing as unknown as Params),
    query: route.query ?? (Nothing as unknown as Query),
    body: route.body ?? (Nothing as unknown as Body),
    reply: route.reply ?? (Nothing as unknown as Reply),
  };
}
