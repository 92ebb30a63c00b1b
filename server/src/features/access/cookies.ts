import type { FastifyReply, FastifyRequest } from 'fastify';

const names = { login: 'sg_login', device: 'sg_device' } as const;
export type CookieKind = keyof typeof names;

/**
 * On https the name gets the prefix `__Host-`: browsers then refuse it from anywhere but this origin over https. It also keeps
 * the two ways in apart: a browser that once got a Secure cookie refuses the same name on plain http from then on.
 */
const secureName = (kind: CookieKind) => `__Host-${names[kind]}`;

/** The token in this browser's cookie. */
export function cookieOf(cookies: Readonly<Record<string, string | undefined>>, kind: CookieKind): string | undefined {
  const token = cookies[secureName(kind)] ?? cookies[names[kind]];
  return token === undefined || token === '' || token.length > 200 ? undefined : token;
}

const isHttps = (request: FastifyRequest) => request.protocol === 'https';

/** Leaves a token with the browser that asked. Scripts can't read it, other sites' pages don't send it. */
export function giveCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: CookieKind,
  token: string,
  expires: Date,
): void {
  const secure = isHttps(request);
  const name = secure ? secureName(kind) : names[kind];
  reply.setCookie(name, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, expires });
}

/** Takes it away again, under both names as far as this connection may. */
export function clearCookie(request: FastifyRequest, reply: FastifyReply, kind: CookieKind): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax' } as const;
  reply.clearCookie(names[kind], options);
  if (isHttps(request)) reply.clearCookie(secureName(kind), { ...options, secure: true });
}
