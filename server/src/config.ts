import { resolve } from 'node:path';
import * as z from 'zod';
import { limits } from '#contract/limits.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import { CannotStart } from './boot/cannot-start.ts';
import { nearMiss } from './boot/near-miss.ts';

/** One entry of the browser's `RTCConfiguration.iceServers`. */
export type IceServer = { urls: string | string[]; username?: string; credential?: string };

/** A coturn server with `use-auth-secret`; logins are made per request and end after `ttlSeconds`. */
export type TurnServer = { urls: string[]; secret: string; ttlSeconds: number };

/** A mail server; `secure` is encrypted from the first byte, otherwise it is as soon as the server offers it. */
export type SmtpServer = {
  host: string;
  port: number;
  secure: boolean;
  auth: { user: string; password: string } | null;
};

/** Who mails are from; the name may be empty. */
export type MailFrom = { name: string; address: string };

/** Everything the environment decides, parsed once. docs/operate.md describes every variable. */
export type Config = {
  /** Port of the plain http listener; 0 lets the system choose. */
  port: number;
  /** Port of the https listener for phones; null switches it off. */
  httpsPort: number | null;
  /** Address to listen on; null means all of this computer's addresses. */
  host: string | null;
  /** Absolute path. */
  dataDir: string;
  /** null: the embedded PostgreSQL. */
  databaseUrl: string | null;
  /** Origin people reach this server at, without a slash at the end; null: not said. */
  publicUrl: string | null;
  iceServers: IceServer[];
  turn: TurnServer | null;
  /** null: mails are laid into a folder. */
  smtp: SmtpServer | null;
  mailFrom: MailFrom;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Fastify's `trustProxy`: whose X-Forwarded headers to believe. */
  trustProxy: boolean | number | string;
  /** How long a participant whose page is gone may take to come back before they count as left. */
  leaveGraceMs: number;
  /** How long an interrupted recording waits to be carried on before it is finished. */
  recordingCarryOnMs: number;
  /** HTTP requests that one address may make in a minute; a whole factory may stand behind one address. */
  requestsPerMinute: number;
  /** Sockets that may be open from one address at the same time; each open page has one. */
  socketsPerAddress: number;
  /** Bearer token for GET /metrics; null: the figures are not served. */
  metricsToken: string | null;
};

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535));
const seconds = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(3600));
const iceUrl = z.string().regex(/^(stun|stuns|turn|turns):[^\s,]+$/);
const turnUrl = z.string().regex(/^turns?:[^\s,]+$/);
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()));
const iceServer = z.strictObject({
  urls: z.union([iceUrl, z.array(iceUrl).min(1)]),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** What a variable must be, in words that finish the sentence "PORT must be …", and the schema that holds it. */
const variables = {
  PORT: { must: 'a port number from 0 to 65535', schema: port },
  HTTPS_PORT: { must: 'a port number from 0 to 65535, or off', schema: z.union([port, z.literal('off')]) },
  HOST: { must: 'an address of this computer, such as 127.0.0.1', schema: z.string().regex(/^[\w.:%-]+$/) },
  DATA_DIR: { must: 'the path of a folder', schema: z.string().refine((path) => !path.includes('\0')) },
  DATABASE_URL: {
    must: 'an address like postgres://user:password@host:5432/name',
    schema: z.string().refine((text) => /^postgres(ql)?:$/.test(urlOf(text)?.protocol ?? '')),
    secret: true,
  },
  PUBLIC_URL: {
    must: 'an address like https://help.example.org, without a path',
    schema: z.string().transform((text, context) => originOf(text) ?? refuse(context)),
  },
  ICE_SERVERS: {
    must: 'a list of stun: and turn: addresses with commas between them, or a JSON array of RTCIceServer objects',
    schema: z.string().transform((text, context) => iceServersOf(text) ?? refuse(context)),
    secret: true,
  },
  TURN_URLS: {
    must: 'a list of turn: and turns: addresses with commas between them',
    schema: list.pipe(z.array(turnUrl).min(1)),
  },
  TURN_SECRET: { must: "coturn's static-auth-secret, at least 8 characters", schema: z.string().min(8), secret: true },
  TURN_TTL_SECONDS: {
    must: 'a number of seconds from 60 to 86400',
    schema: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number)
      .pipe(z.number().min(60).max(86_400)),
  },
  SMTP_URL: {
    must: 'an address like smtp://user:password@mail.example.org:587 or smtps://mail.example.org',
    schema: z.string().transform((text, context) => smtpOf(text) ?? refuse(context)),
    secret: true,
  },
  MAIL_FROM: {
    must: 'an address like help@example.org or Mill & Co <help@example.org>',
    schema: z.string().transform((text, context) => fromOf(text) ?? refuse(context)),
  },
  LOG_LEVEL: {
    must: 'one of fatal, error, warn, info, debug, trace, silent',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  },
  TRUST_PROXY: {
    must: 'true, false, a number of proxies, or their addresses with commas between them',
    schema: z.string().transform((text, context) => trustOf(text) ?? refuse(context)),
  },
  LEAVE_GRACE_SECONDS: { must: 'a number of seconds from 1 to 3600', schema: seconds },
  RECORDING_CARRY_ON_SECONDS: { must: 'a number of seconds from 1 to 3600', schema: seconds },
  REQUESTS_PER_MINUTE: {
    must: 'a number from 60 to 10000000',
    schema: z
      .string()
      .regex(/^\d{1,8}$/)
      .transform(Number)
      .pipe(z.number().min(60).max(10_000_000)),
  },
  SOCKETS_PER_ADDRESS: {
    must: 'a number from 10 to 1000000',
    schema: z
      .string()
      .regex(/^\d{1,7}$/)
      .transform(Number)
      .pipe(z.number().min(10).max(1_000_000)),
  },
  METRICS_TOKEN: { must: 'at least 16 characters', schema: z.string().min(16), secret: true },
} as const;

type Name = keyof typeof variables;
type Value<N extends Name> = z.output<(typeof variables)[N]['schema']>;

/** The names of all variables, in the order of docs/operate.md. */
export const variableNames = Object.keys(variables);

/**
 * Parses the environment. Throws `CannotStart` with one sentence that names the variable when a value is malformed or
 * when a name looks like a misspelt one of ours. An empty value counts as not set.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  refuseStrangers(environment);
  const read = <N extends Name>(name: N): Value<N> | undefined => readVariable(name, environment[name]);
  const publicUrl = read('PUBLIC_URL') ?? null;
  const httpsPort = read('HTTPS_PORT') ?? (publicUrl === null ? 8443 : 'off');
  return {
    port: read('PORT') ?? 8080,
    httpsPort: httpsPort === 'off' ? null : httpsPort,
    host: read('HOST') ?? null,
    dataDir: resolve(read('DATA_DIR') ?? 'data'),
    databaseUrl: read('DATABASE_URL') ?? null,
    publicUrl,
    iceServers: read('ICE_SERVERS') ?? [],
    ...mailOf(read('SMTP_URL'), read('MAIL_FROM')),
    turn: turnOf(read('TURN_URLS'), read('TURN_SECRET'), read('TURN_TTL_SECONDS')),
    logLevel: read('LOG_LEVEL') ?? (process.stdout.isTTY ? 'warn' : 'info'),
    trustProxy: read('TRUST_PROXY') ?? false,
    leaveGraceMs: (read('LEAVE_GRACE_SECONDS') ?? limits.leaveGraceMs / 1000) * 1000,
    recordingCarryOnMs: (read('RECORDING_CARRY_ON_SECONDS') ?? recordingLimits.carryOnMs / 1000) * 1000,
    requestsPerMinute: read('REQUESTS_PER_MINUTE') ?? 6000,
    socketsPerAddress: read('SOCKETS_PER_ADDRESS') ?? limits.socketsPerAddress,
    metricsToken: read('METRICS_TOKEN') ?? null,
  };
}

function readVariable<N extends Name>(name: N, text: string | undefined): Value<N> | undefined;
function readVariable(name: Name, text: string | undefined): unknown {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return undefined;
  const variable = variables[name];
  const parsed = variable.schema.safeParse(trimmed);
  if (parsed.success) return parsed.data;
  // A secret is not repeated: this sentence ends up in terminals and logs.
  const found = 'secret' in variable ? '' : `, not ${JSON.stringify(trimmed.slice(0, 80))}`;
  throw new CannotStart(`${name} must be ${variable.must}${found}.`);
}

function refuseStrangers(environment: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(environment)) {
    if (variableNames.includes(name)) continue;
    const meant = nearMiss(name.replace(/^SIGHTGLASS_/i, ''), variableNames);
    if (meant !== undefined) {
      throw new CannotStart(`The environment variable ${name} is unknown: did you mean ${meant}?`);
    }
    if (name.startsWith('SIGHTGLASS_')) {
      throw new CannotStart(`The environment variable ${name} is unknown; docs/operate.md lists the known ones.`);
    }
  }
}

function turnOf(urls: string[] | undefined, secret: string | undefined, ttlSeconds = 7200): TurnServer | null {
  if (urls === undefined && secret === undefined) return null;
  if (urls === undefined) throw new CannotStart('TURN_SECRET is set but TURN_URLS is not: set both or none.');
  if (secret === undefined) throw new CannotStart('TURN_URLS is set but TURN_SECRET is not: set both or none.');
  return { urls, secret, ttlSeconds };
}

function mailOf(smtp: SmtpServer | undefined, from: MailFrom | undefined): Pick<Config, 'smtp' | 'mailFrom'> {
  if (smtp !== undefined && from === undefined) {
    throw new CannotStart('SMTP_URL is set but MAIL_FROM is not: set the address that mails are from.');
  }
  return { smtp: smtp ?? null, mailFrom: from ?? { name: 'Sightglass', address: 'sightglass@localhost' } };
}

function smtpOf(text: string): SmtpServer | undefined {
  const url = urlOf(text);
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  const secure = url.protocol === 'smtps:';
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined || (user === '') !== (password === '')) return undefined;
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  return { host: url.hostname, port, secure, auth: user === '' ? null : { user, password } };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function fromOf(text: string): MailFrom | undefined {
  const [, name = '', bracketed] = /^"?([^"<>]*?)"?\s*<([^<>]+)>$/.exec(text) ?? [];
  const address = z.email().safeParse(bracketed ?? text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a header holds none
  return address.success && !/[\u0000-\u001f\u007f]/.test(name)
    ? { name: name.trim(), address: address.data }
    : undefined;
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function originOf(text: string): string | undefined {
  const url = urlOf(text);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') return undefined;
  return url.origin;
}

function iceServersOf(text: string): IceServer[] | undefined {
  if (!text.startsWith('[')) {
    const urls = list.pipe(z.array(iceUrl).min(1)).safeParse(text);
    return urls.success ? urls.data.map((url) => ({ urls: url })) : undefined;
  }
  const parsed = z.array(iceServer).safeParse(jsonOf(text));
  return parsed.success ? parsed.data.map(withoutUndefined) : undefined;
}

function withoutUndefined(server: z.output<typeof iceServer>): IceServer {
  return {
    urls: server.urls,
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.credential === undefined ? {} : { credential: server.credential }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function trustOf(text: string): boolean | number | string | undefined {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d{1,2}$/.test(text)) return Number(text);
  return /^[\w.:/, ]+$/.test(text) && /[.:]|loopback|linklocal|uniquelocal/.test(text) ? text : undefined;
}

function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom' });
  return z.NEVER;
}
