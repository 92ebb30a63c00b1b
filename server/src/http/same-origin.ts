import { refused } from '#contract/errors.ts';
import type { App } from './app-type.ts';
import { sendRefusal } from './serve.ts';

/**
 * Refuses changes that another site's page sends with this site's cookies (CSRF). Cookies are SameSite=Lax already;
 * this holds where a browser or a proxy does not. Programs that send neither header carry no cookies by accident.
 */
export function refuseOtherOrigins(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const origin = request.headers.origin;
    const sameOrigin = origin === undefined || URL.parse(origin)?.host === request.host;
    const site = request.headers['sec-fetch-site'];
    const sameSite = site === undefined || site === 'same-origin' || site === 'none';
    if (!sameOrigin || !sameSite) return sendRefusal(reply, refused('not-allowed'));
  });
}
