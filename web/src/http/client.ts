import type * as z from 'zod/mini';
import { ErrorReply } from '#contract/error-reply.ts';
import { accepted, type ErrorCode, errors, type Outcome, type Refusal, refused } from '#contract/errors.ts';
import { LANGUAGE_HEADER } from '#contract/language.ts';
import type { Route } from '#contract/route.ts';
import { language } from '../i18n.ts';

type Schema = z.ZodMiniType;
type Empty = Record<never, never>;
type Part<Name extends string, S extends Schema> =
  Empty extends z.input<S> ? { readonly [Key in Name]?: z.input<S> } : { readonly [Key in Name]: z.input<S> };

/** What a route needs from its caller; parts without a required key may be left out. */
export type AskParts<Params extends Schema, Query extends Schema, Body extends Schema> = Part<'params', Params> &
  Part<'query', Query> &
  Part<'body', Body> & {
    readonly signal?: AbortSignal;
    /** It goes out even when the page is left at this moment. */
    readonly keepalive?: boolean;
  };

type Arguments<Parts> = Empty extends Parts ? [parts?: Parts] : [parts: Parts];

/** Asks the server. Never throws: trouble on the way is the refusal `unavailable`. */
export type Ask = <Params extends Schema, Query extends Schema, Body extends Schema, Reply extends Schema>(
  route: Route<Params, Query, Body, Reply>,
  ...parts: Arguments<AskParts<Params, Query, Body>>
) => Promise<Outcome<z.infer<Reply>>>;

export interface ClientOptions {
  /** `code` speaks as the customer's device even where a member is signed in too. */
  readonly as?: 'code';
  readonly fetch?: typeof fetch;
  readonly deadlineMs?: number;
}

/** Makes the page's one way to the HTTP API. */
export function createAsk({ as, fetch: send = fetch, deadlineMs = 15_000 }: ClientOptions = {}): Ask {
  return async (route, ...[parts]) => {
    const { params, query, body, signal, keepalive = false }: LooseParts = parts ?? {};
    const headers = new Headers({ accept: 'application/json', [LANGUAGE_HEADER]: language.get() });
    if (as !== undefined) headers.set('sightglass-as', as);
    const hasBody = route.method !== 'GET' && body !== undefined;
    if (hasBody) headers.set('content-type', 'application/json');
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const response = await send(addressOf(route.path, params, query), {
        method: route.method,
        headers,
        credentials: 'same-origin',
        keepalive,
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
        ...(hasBody ? { body: JSON.stringify(body) } : {}),
      });
      const json = parseJson(await response.text());
      if (!response.ok) return refusalOf(response.status, json);
      const reply = route.reply.safeParse(json ?? {});
      return reply.success ? accepted(reply.data) : refused('failed');
    } catch {
      // No network, a deadline that passed, a caller that gave up: for the page the server could not be reached.
      return refused('unavailable');
    }
  };
}

interface LooseParts {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly keepalive?: boolean;
}

function addressOf(path: string, params: unknown, query: unknown): string {
  const values = new Map(Object.entries(params ?? {}));
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(values.get(key) ?? '')));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errors, text);

function refusalOf(status: number, json: unknown): Refusal {
  const reply = ErrorReply.safeParse(json);
  if (reply.success) {
    const { code, field, retryAfterSeconds, reference } = reply.data.error;
    return {
      ok: false,
      code,
      ...(field === undefined ? {} : { field }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(reference === undefined ? {} : { reference }),
    };
  }
  // Not our server's words (a proxy, a server that is starting): the status is all there is.
  if (status >= 500) return refused(status === 500 ? 'failed' : 'unavailable');
  const code = Object.keys(errors)
    .filter(isErrorCode)
    .find((candidate) => errors[candidate].status === status);
  return refused(code ?? 'failed');
}
