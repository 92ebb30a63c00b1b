import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import * as z from 'zod/mini';
import type { PushSubscription } from '#contract/notification/http.ts';
import type { PostPush, PushMessage } from '#server/ports/push-post.ts';

const Payload = z.object({ title: z.string(), text: z.string(), path: z.string(), tag: z.string() });
const Claims = z.object({ aud: z.string(), exp: z.number(), sub: z.string() });

/** A message as the browser that it was for reads it. */
export interface ArrivedPush extends z.infer<typeof Payload> {
  readonly headers: Readonly<Record<string, string>>;
}

/** One browser that has signed up: its keys, and what it was sent. */
export interface TestBrowser {
  readonly subscription: PushSubscription;
  readonly arrived: ArrivedPush[];
}

export interface TestPushService {
  readonly post: PostPush;
  browser(): TestBrowser;
  /** What it answers from now on, for one browser; 201 takes the message. */
  answer(browser: TestBrowser, status: number): void;
  /** How often it was asked. */
  readonly asked: readonly string[];
}

/**
 * A push service as browsers' makers run them: takes what is signed by the server's key (RFC 8292), and the browser behind it decrypts
 * what was sent (RFC 8291). What is wrong in either throws, and so shows.
 */
export function openPushService(): TestPushService {
  const browsers = new Map<
    string,
    { browser: TestBrowser; status: number; open: (message: PushMessage) => ArrivedPush }
  >();
  const asked: string[] = [];
  return {
    asked,
    browser: () => {
      const endpoint = `https://fcm.googleapis.com/fcm/send/${randomBytes(12).toString('base64url')}`;
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const auth = randomBytes(16);
      const p256dh = keys.getPublicKey('base64url');
      const browser: TestBrowser = {
        subscription: { endpoint, keys: { p256dh, auth: auth.toString('base64url') } },
        arrived: [],
      };
      const open = (message: PushMessage): ArrivedPush => ({
        ...Payload.parse(JSON.parse(decrypt(Buffer.from(message.body), keys, auth))),
        headers: message.headers,
      });
      browsers.set(endpoint, { browser, status: 201, open });
      return browser;
    },
    answer: ({ subscription }, status) => {
      const known = browsers.get(subscription.endpoint);
      if (known !== undefined) known.status = status;
    },
    post: async (message) => {
      asked.push(message.endpoint);
      const known = browsers.get(message.endpoint);
      if (known === undefined) return 404;
      checkSender(message);
      if (known.status === 201) known.browser.arrived.push(known.open(message));
      return known.status;
    },
  };
}

/** RFC 8292: who sends is who the browser signed up with, for this service, and not for long. */
function checkSender({ headers, endpoint }: PushMessage): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers['Authorization'] ?? '') ?? [];
  const [head = '', body = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${head}.${body}`);
  if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')))
    throw new Error('the push message is not signed by its key');
  const claims = Claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (claims.aud !== new URL(endpoint).origin) throw new Error(`the signature is for ${claims.aud}`);
  if (!/^(mailto:|https:)/.test(claims.sub)) throw new Error(`nobody can be asked about it: ${claims.sub}`);
  if (claims.exp * 1000 > Date.now() + 24 * 3_600_000) throw new Error('the signature lasts for too long');
}

const hmac = (key: Uint8Array, ...parts: readonly (Uint8Array | string)[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};

/** RFC 8291 with RFC 8188, one record. */
function decrypt(body: Buffer, keys: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const secret = hmac(auth, keys.computeSecret(sender));
  const input = hmac(secret, 'WebPush: info\0', keys.getPublicKey(), sender, '\u0001');
  const key = hmac(salt, input);
  const contentKey = hmac(key, 'Content-Encoding: aes128gcm\0\u0001').subarray(0, 16);
  const nonce = hmac(key, 'Content-Encoding: nonce\0\u0001').subarray(0, 12);
  const decipher = createDecipheriv('aes-128-gcm', contentKey, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2);
  return plain.subarray(0, end).toString();
}
