/** The list of STUN and TURN servers a participant's page gets, with TURN credentials that soon expire. */
import { createHmac } from 'node:crypto';
import type { IceServer } from '#contract/call/index.ts';

export interface TurnConfig {
  readonly urls: readonly string[];
  /** coturn's `static-auth-secret`. */
  readonly secret: string;
  readonly ttlSeconds: number;
}

/** As `ICE_SERVERS` may say it, which is as browsers take it. */
export interface ConfiguredServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface IceConfig {
  readonly iceServers: readonly ConfiguredServer[];
  readonly turn: TurnConfig | null;
}

/**
 * Credentials by coturn's shared-secret scheme (`use-auth-secret`, draft-uberti-behave-turn-rest): the user name carries the
 * second at which it expires, the password is its HMAC. coturn splits the name at the first colon.
 */
export function turnCredential(
  secret: string,
  expiresAt: number,
  participantId: string,
): { username: string; credential: string } {
  const username = `${expiresAt}:${participantId}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** Everything the browser of this participant may use, valid from `now` (milliseconds) for the configured time. */
export function iceServersFor(config: IceConfig, participantId: string, now: number): IceServer[] {
  const { turn } = config;
  const plain = config.iceServers.map((server) => ({
    ...server,
    urls: typeof server.urls === 'string' ? [server.urls] : [...server.urls],
  }));
  if (!turn) return plain;
  const expiresAt = Math.floor(now / 1000) + turn.ttlSeconds;
  return [...plain, { urls: [...turn.urls], ...turnCredential(turn.secret, expiresAt, participantId) }];
}
