import { refused } from '#contract/errors.ts';
import type { App } from './app-type.ts';
import { sendRefusal } from './serve.ts';

/**
 * Refuses changes that another site's page sends with this site's cookies (CSRF). Cookies are SameSite=Lax already;
 * this holds where a browser or a proxy does not. Programs that send neither header carry no cookies by accident.
 */
export function refuseOtherOrigins(app: App, publicUrl: string | null): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const sameOrigin = isOwnOrigin(request.headers.origin, request.host, publicUrl);
    const site = request.headers['sec-fetch-site'];
    const sameSite = site === undefined || site === 'same-origin' || site === 'none';
    if (!sameOrigin || !sameSite) return sendRefusal(reply, refused('not-allowed'));
  });
}

/**
 * Whether a page with this `Origin` is ours: it has the host that was asked, or the public address, because a proxy may
 * ask by another name than the browser did. Without the header it is no page that asks.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string | null): boolean {
  if (origin === undefined) return true;
  const from = URL.parse(origin);
  return from !== null && (from.host === host || from.origin === publicUrl);
}
