import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface ArrivedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly parsed: Email;
}

/** A real SMTP server on this computer, as an organization's own. */
export interface TestMailServer {
  /** For SMTP_URL; the same before and after it was down. */
  readonly url: string;
  readonly arrived: readonly ArrivedMail[];
  /** The next mail, in the order of arrival; those that came already count. */
  next(withinMs?: number): Promise<ArrivedMail>;
  /** The next mail to this address; those to others are left out. */
  nextTo(address: string, withinMs?: number): Promise<ArrivedMail>;
  /** From now on it does not know this receiver. */
  refuse(address: string): void;
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function openMailServer(): Promise<TestMailServer> {
  const arrived: ArrivedMail[] = [];
  const taken = new Set<ArrivedMail>();
  const unknown = new Set<string>();
  let heard: (() => void)[] = [];
  const open = async (port: number): Promise<SMTPServer> => {
    const server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      disableReverseLookup: true,
      onRcptTo: ({ address }, _session, done) => {
        done(unknown.has(address) ? Object.assign(new Error('no such user here'), { responseCode: 550 }) : null);
      },
      onData: (stream, { envelope }, done) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        buffer(stream)
          .then((bytes) => PostalMime.parse(bytes))
          .then((parsed) => {
            arrived.push({ envelope: { from, to }, parsed });
            done();
            for (const wake of heard.splice(0)) wake();
          }, done);
      },
    });
    server.on('error', () => undefined);
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  };
  const close = (server: SMTPServer) => new Promise<void>((resolve) => server.close(resolve));
  let server = await open(0);
  const { port } = server.server.address() as AddressInfo;
  let isUp = true;

  const take = async (isMine: (mail: ArrivedMail) => boolean, withinMs: number): Promise<ArrivedMail> => {
    const late = new AbortController();
    const tooLate = wait(withinMs, undefined, { signal: late.signal }).then(() => {
      throw new Error(`no such mail within ${withinMs} ms; there were ${arrived.map(({ parsed }) => parsed.subject)}`);
    });
    tooLate.catch(() => undefined);
    try {
      for (;;) {
        const found = arrived.find((mail) => !taken.has(mail) && isMine(mail));
        if (found !== undefined) {
          taken.add(found);
          return found;
        }
        await Promise.race([new Promise<void>((resolve) => heard.push(resolve)), tooLate]);
      }
    } finally {
      late.abort();
    }
  };
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    next: (withinMs = 10_000) => take(() => true, withinMs),
    nextTo: (address, withinMs = 10_000) => take(({ envelope }) => envelope.to.includes(address), withinMs),
    refuse: (address) => unknown.add(address),
    down: async () => {
      isUp = false;
      await close(server);
    },
    up: async () => {
      server = await open(port);
      isUp = true;
    },
    close: async () => {
      heard = [];
      if (isUp) await close(server);
    },
  };
}
