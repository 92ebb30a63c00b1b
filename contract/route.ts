import type * as z from 'zod/mini';

type Schema = z.ZodMiniType;

/**
 * One way to ask the server: the server registers it, the web client calls it, OpenAPI describes it.
 * `path` has `:name` parts for the keys of `params`.
 */
export interface Route<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Reply extends Schema = Schema,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
}
