import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import { RequestId } from '#contract/ids.ts';
import type { Route } from '#contract/route.ts';
import type { AskName, Tell, TellName } from '#contract/socket.ts';
import { tells } from '#contract/socket.ts';

/** What came back, as bytes and as JSON. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  readonly headers: Headers;
}

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A browser without a page: keeps its cookies, asks by HTTP, hears by socket. */
export class Client {
  readonly origin: string;
  readonly #as: 'code' | undefined;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string, as?: 'code') {
    this.origin = origin;
    this.#as = as;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The same person at another address of the same server. */
  at(origin: string): Client {
    const moved = new Client(origin, this.#as);
    for (const [name, value] of this.#cookies) moved.#cookies.set(name, value);
    return moved;
  }

  /** Everything a copied cookie jar can do: the same person in another browser of the same state. */
  copy(): Client {
    return this.at(this.origin);
  }

  /** Asks a route of the contract, whatever it says. */
  ask(route: Route, parts: Parts = {}): Promise<Answer> {
    return this.send(route.method, pathOf(route, parts), route.method === 'GET' ? undefined : (parts.body ?? {}));
  }

  /** Asks a route that must accept, and parses what it says. */
  async get<R extends Route>(route: R, parts: Parts = {}): Promise<z.output<R['reply']>> {
    const answer = await this.ask(route, parts);
    if (answer.status !== 200)
      throw new Error(`${route.method} ${route.path} was answered ${answer.status} ${answer.text}`);
    return z.parse<R['reply']>(route.reply, answer.json);
  }

  /** Sends anything anywhere. A string and bytes are sent as they are, anything else as JSON. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.origin + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.#cookies.size === 0 ? {} : { cookie: this.cookie }),
        ...(this.#as === undefined ? {} : { 'sightglass-as': this.#as }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    return { status: response.status, text, json: jsonOf(text), headers: response.headers };
  }

  /** Opens a socket as this person. It never connects again by itself. */
  async connect(auth: object = this.#as === undefined ? {} : { as: this.#as }): Promise<Ear> {
    const socket = io(this.origin, {
      path: '/socket',
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth,
      ...(this.#cookies.size === 0 ? {} : { extraHeaders: { cookie: this.cookie } }),
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new Ear(socket);
  }

  #keep(line: string): void {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) return;
    if (value === '' || /;\s*max-age=0/i.test(line) || /expires=thu, 01 jan 1970/i.test(line))
      this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** One socket and everything it has heard. */
export class Ear {
  readonly socket: Socket;
  readonly heard: { readonly name: string; readonly what: unknown }[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((name: string, what: unknown) => {
      this.heard.push({ name, what });
      for (const look of this.#waiting) look();
    });
    socket.on('disconnect', () => {
      for (const look of this.#waiting) look();
    });
  }

  /** Asks, and waits for the answer. */
  async ask(name: AskName | (string & {}), what: unknown): Promise<unknown> {
    return this.socket.timeout(10_000).emitWithAck(name, what);
  }

  /** Everything heard under one name, parsed. */
  told<N extends TellName>(name: N): Tell<N>[] {
    const schema: z.ZodMiniType<Tell<N>> = tells[name] as unknown as z.ZodMiniType<Tell<N>>;
    return this.heard.filter((one) => one.name === name).map((one) => z.parse(schema, one.what));
  }

  /** Waits until what has been heard is enough. */
  async until(isEnough: () => boolean, what: string): Promise<void> {
    if (isEnough()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`waited in vain for ${what}; heard ${JSON.stringify(this.heard)}`));
      }, 10_000);
      const look = () => {
        if (!isEnough()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  close(): void {
    this.socket.disconnect();
  }
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

/** A fresh request id. */
export const newRequestId = () => RequestId.parse(randomUUID());

/** The address of a route with its parts filled in. */
export function pathOf(route: Route, { params = {}, query = {} }: Parts): string {
  const path = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const words = new URLSearchParams(query).toString();
  return words === '' ? path : `${path}?${words}`;
}

/** What the text says, if it is JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
