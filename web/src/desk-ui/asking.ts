import { keepPreviousData, type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import type { Refusal } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import type { AskParts } from '#web/http/client.ts';
import { type Answer, answerFrom } from './answer.ts';
import { useAsk } from './desk-context.tsx';

/** A refusal on its way through TanStack Query, which knows only thrown errors. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

type Schema = z.ZodMiniType;
interface Addressable {
  readonly path: string;
}
interface Addressed {
  readonly params?: unknown;
  readonly query?: unknown;
}

/** Where a route's answer lies in the cache; without parts it covers all answers of the route. */
export function keyOf(route: Addressable, parts?: Addressed): QueryKey {
  return parts === undefined ? [route.path] : [route.path, parts.params ?? {}, parts.query ?? {}];
}

interface AnswerOptions {
  /** Shows the last answer while another question is on its way: lists that are filtered. */
  readonly keepPrevious?: boolean;
  readonly enabled?: boolean;
}

/** Reads a GET route; what the socket tells keeps it fresh. */
export function useAnswer<Params extends Schema, Query extends Schema, Reply extends Schema>(
  route: Route<Params, Query, Schema, Reply>,
  parts: Omit<AskParts<Params, Query, Schema>, 'body' | 'signal'>,
  options: AnswerOptions = {},
): Answer<z.infer<Reply>> {
  const ask = useAsk();
  // The caller's parts are checked by the signature; on the way to the server any parts will do.
  const asked: Addressed = parts;
  const query = useQuery({
    queryKey: keyOf(route, parts),
    queryFn: async ({ signal }) => {
      const outcome = await ask<Schema, Schema, Schema, Reply>(route, { ...asked, signal });
      if (!outcome.ok) throw new Refused(outcome);
      return outcome.value;
    },
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
  return answerFrom<z.infer<Reply>>({
    data: query.data,
    refusal: query.error === null ? null : (refusalOf(query.error) ?? { ok: false, code: 'failed' }),
    isFetching: query.isFetching,
    isPlaceholderData: query.isPlaceholderData,
    retry: () => void query.refetch(),
  });
}

/** Makes answers stale and reads again those that are on the screen. */
export function useRefresh(): (...routes: readonly Addressable[]) => void {
  const client = useQueryClient();
  return (...routes) => {
    for (const route of routes) void client.invalidateQueries({ queryKey: keyOf(route) });
  };
}

/** The refusal behind a failed answer, if it was one. */
export const refusalOf = (error: unknown): Refusal | null => (error instanceof Refused ? error.refusal : null);
