import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { accepted, refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { openMailServer, type TestMailServer } from '../../test/harness/mail-server.ts';
import { mailDelivery } from '../adapters/mail/by-config.ts';
import { parseConfig } from '../config.ts';
import { transact } from '../database/transact.ts';
import { openJobs, type RunningJobs } from '../jobs/jobs.ts';
import type { Mail } from './mail.ts';
import { forgetMails, type Mails, openMails } from './mails.ts';

const log = pino({ level: 'silent' });
const session = SessionId.parse('5b0c0a1e-6f0e-4c57-9d4e-0a4f3c9f2b11');
let store: TestDatabase;
let server: TestMailServer;
let folder: string;
let jobs: RunningJobs;
let ended: AbortController;
beforeAll(async () => {
  store = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'sightglass-mails-'));
});
afterAll(async () => {
  await store.drop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  server = await openMailServer();
  ended = new AbortController();
  jobs = openJobs({ database: store.database, log });
});
afterEach(async () => {
  ended.abort();
  await jobs.stop();
  await forgetMails(store.database);
  await server.close();
});

const clock = () => new Date('2026-11-20T10:00:00.000Z');
function open(environment: Record<string, string>): Mails {
  const config = parseConfig({ DATA_DIR: folder, ...environment });
  const { database } = store;
  const mails = openMails({ database, jobs, log, clock, delivery: mailDelivery(config), signal: ended.signal });
  jobs.start();
  return mails;
}
const bySmtp = () => open({ SMTP_URL: server.url, MAIL_FROM: 'Mill & Co <help@example.org>' });

const mail = (wish: Partial<Mail> = {}): Mail => ({
  to: 'olga@example.org',
  language: 'de',
  subject: 'Größe der Presse',
  text: 'Grüße\n',
  html: '<p>Grüße</p>',
  ...wish,
});
const send = (mails: Mails, wish: Mail, commits = true) =>
  transact(
    { database: store.database, tell: () => undefined, disconnect: () => undefined, empty: () => undefined, clock },
    async (change) => {
      await mails.send(change, wish);
      return commits ? accepted({}) : refused('not-found');
    },
  );

test('a mail reaches a real mail server, with both forms and its attachment', async () => {
  const mails = bySmtp();
  const calendar = { name: 'session.ics', type: 'text/calendar; method=PUBLISH', content: 'BEGIN:VCALENDAR' };
  await send(mails, mail({ attachments: [calendar] }));
  const { envelope, parsed } = await server.next();
  expect(envelope).toEqual({ from: 'help@example.org', to: ['olga@example.org'] });
  expect(parsed).toMatchObject({
    from: { name: 'Mill & Co', address: 'help@example.org' },
    subject: 'Größe der Presse',
    text: expect.stringMatching(/^Grüße\s*$/),
    html: expect.stringContaining('<p>Grüße</p>'),
    attachments: [{ filename: 'session.ics', mimeType: 'text/calendar' }],
  });
  await vi.waitFor(async () => expect(await mails.state()).toMatchObject({ delivery: 'smtp', waiting: 0 }));
});

test('what is not committed is not sent', async () => {
  const mails = bySmtp();
  await send(mails, mail({ subject: 'never' }), false);
  await send(mails, mail({ subject: 'after it' }));
  expect((await server.next()).parsed.subject).toBe('after it');
});

test('no text becomes a header, and no address becomes two', async () => {
  const mails = bySmtp();
  await send(
    mails,
    mail({
      subject: 'Hello\r\nBcc: all@example.org\r\n\r\nbody',
      attachments: [{ name: 'a.ics\r\nX-Evil: 1', type: 'text/calendar\r\nX-Evil: 2', content: '' }],
    }),
  );
  const { envelope, parsed } = await server.next();
  expect(envelope.to).toEqual(['olga@example.org']);
  expect(parsed.headers.map(({ key }) => key)).not.toContain('bcc');
  expect(parsed.headers.map(({ key }) => key)).not.toContain('x-evil');
  expect(parsed.subject).toBe('Hello Bcc: all@example.org  body'.replace('  ', ' '));
  await expect(send(mails, mail({ to: 'a@example.org, b@example.org' }))).rejects.toThrow();
  await expect(send(mails, mail({ to: 'a@example.org\r\nRCPT TO:<b@example.org>' }))).rejects.toThrow();
});

test('a mail server that is down and comes up again gets everything once', async () => {
  const mails = bySmtp();
  await server.down();
  await send(mails, mail({ subject: 'one' }));
  await send(mails, mail({ subject: 'two' }));
  await vi.waitFor(async () => {
    const { waiting, lastFailure } = await mails.state();
    expect([waiting, lastFailure?.reason]).toEqual([2, expect.stringMatching(/ECONNREFUSED/)]);
  }, 5_000);
  await server.up();
  const subjects = [await server.next(20_000), await server.next(20_000)].map(({ parsed }) => parsed.subject);
  expect(subjects.toSorted()).toEqual(['one', 'two']);
  await vi.waitFor(async () => expect(await mails.state()).toMatchObject({ waiting: 0, lastFailure: null }), 5_000);
}, 40_000);

test('a receiver whom the mail server does not know is given up, and the content forgotten', async () => {
  const mails = bySmtp();
  server.refuse('nobody@example.org');
  await send(mails, mail({ to: 'nobody@example.org', text: 'between us' }));
  await vi.waitFor(async () => {
    const { waiting, lastFailure } = await mails.state();
    expect([waiting, lastFailure?.reason]).toEqual([0, expect.stringContaining('550')]);
  }, 5_000);
  const { rows } = await store.database.$client.query('select content from mail');
  expect(rows).toEqual([{ content: null }]);
});

test('about a session that became internal while the mail waited, nothing leaves', async () => {
  const mails = bySmtp();
  let isPublic = true;
  mails.askBefore(async () => isPublic);
  await server.down();
  await send(mails, mail({ subject: 'internal by now', unlessInternal: session }));
  await vi.waitFor(async () => expect((await mails.state()).lastFailure).not.toBeNull(), 5_000);
  isPublic = false;
  await server.up();
  await vi.waitFor(async () => expect((await mails.state()).waiting).toBe(0), 20_000);
  isPublic = true;
  await send(mails, mail({ subject: 'public', unlessInternal: session }));
  expect((await server.next()).parsed.subject).toBe('public');
}, 40_000);

test('without a mail server mails are whole files in a folder', async () => {
  const mails = open({});
  await send(mails, mail());
  const files = await vi.waitFor(async () => {
    const found = (await readdir(join(folder, 'mails'))).filter((name) => name.endsWith('.eml'));
    expect(found).toHaveLength(1);
    return found;
  }, 5_000);
  const parsed = await PostalMime.parse(await readFile(join(folder, 'mails', files[0] ?? '')));
  expect(parsed).toMatchObject({ subject: 'Größe der Presse', to: [{ address: 'olga@example.org' }] });
  expect(await mails.state()).toMatchObject({ delivery: 'folder', from: 'Sightglass <sightglass@localhost>' });
});
