import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { openMailServer, type TestMailServer } from './mail-server.ts';
import { gather, type People } from './organization.ts';
import { openPushService, type TestPushService } from './push-service.ts';
import { startTestServer, type TestServer } from './server.ts';

/** What is looked at works on the same processors. */
const LOOK_AGAIN_MS = 10;

/** An organization whose mails and push messages arrive somewhere. */
export interface Newsroom {
  server: TestServer;
  readonly mails: TestMailServer;
  readonly push: TestPushService;
  readonly people: People;
  /** Waits until everything that happened has been told to everybody whom it is for. */
  settled(): Promise<void>;
  /** Subjects of the mails to this address since the last look, the oldest first. */
  mailsTo(address: string): readonly string[];
  close(): Promise<void>;
}

export async function openNewsroom(): Promise<Newsroom> {
  const mails = await openMailServer();
  const push = openPushService();
  const environment = {
    SMTP_URL: mails.url,
    MAIL_FROM: 'Hall Four <help@example.org>',
    REQUESTS_PER_MINUTE: '1000000',
  };
  const server = await startTestServer(environment, push.post);
  const people = await gather(server.origin, await server.setupPath());
  const looked = new Map<string, number>();
  const room: Newsroom = {
    server,
    mails,
    push,
    people,
    settled: async () => {
      // A job that is done may have left others, so nothing may be left at all.
      while ((await countLeft(room.server)) > 0) await wait(LOOK_AGAIN_MS);
    },
    mailsTo: (address) => {
      const all = mails.arrived.filter(({ envelope }) => envelope.to.includes(address));
      const before = looked.get(address) ?? 0;
      looked.set(address, all.length);
      return all.slice(before).map(({ parsed }) => parsed.subject ?? '');
    },
    close: async () => {
      await room.server.close();
      await mails.close();
    },
  };
  await room.settled();
  for (const address of ['carl.coadmin@example.org', 'nora.expert@example.org']) room.mailsTo(address);
  return room;
}

const Left = z.object({ rows: z.array(z.object({ many: z.int() })) });

async function countLeft({ database }: TestServer): Promise<number> {
  const names = "('notify', 'push', 'mail')";
  const { rows } = Left.parse(
    await database.$client.query(
      `select count(*)::int as many from pgboss.job where name in ${names} and state < 'completed'`,
    ),
  );
  return rows[0]?.many ?? 0;
}
