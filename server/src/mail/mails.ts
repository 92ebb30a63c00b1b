import { randomUUID } from 'node:crypto';
import { and, count, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import { SessionId } from '#contract/ids.ts';
import { Language } from '#contract/language.ts';
import { Email } from '#contract/text.ts';
import type { Database } from '../database/pool.ts';
import type { Change } from '../database/transact.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type MailDelivery, MailRefused } from '../ports/mail-delivery.ts';
import type { Mail } from './mail.ts';
import { mail } from './tables.ts';

/** How mails leave this server. */
export interface MailState {
  readonly delivery: MailDelivery['kind'];
  readonly from: string;
  readonly waiting: number;
  readonly lastFailure: { readonly at: string; readonly reason: string } | null;
}

/** Mails on their way out. */
export interface Mails {
  /** Sent after the change is committed, tried again while the mail server can't be reached; not sent if the change is not. */
  send(change: Change, mail: Mail): Promise<void>;
  /** Who says, right before a mail leaves, whether the customer may know of the session. Until somebody does, they may not. */
  askBefore(isPublic: (sessionId: SessionId) => Promise<boolean>): void;
  state(): Promise<MailState>;
}

const Kept = z.object({
  to: Email,
  language: Language,
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  attachments: z.optional(z.array(z.object({ name: z.string(), type: z.string(), content: z.string() }))),
  unlessInternal: z.optional(SessionId),
});

const MINUTE_MS = 60_000;
/** How long to wait after each failed attempt; then always as long as the last of them. */
const waitsMs = [5_000, 15_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
/** Some three days. */
const MOST_ATTEMPTS = 300;
/** How long the state page can tell of a mail that was given up. */
const REMEMBERED_MS = 7 * 24 * 60 * MINUTE_MS;

interface MailParts {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly delivery: MailDelivery;
  readonly signal: AbortSignal;
}

/** Mails in a table until they are sent, one job for each. */
export function openMails({ database, jobs, log, clock, delivery, signal }: MailParts): Mails {
  let isPublic: (sessionId: SessionId) => Promise<boolean> = async () => false;

  const attempt = async (id: string): Promise<void> => {
    const [row] = await database
      .select()
      .from(mail)
      .where(and(eq(mail.id, id), isNull(mail.givenUpAt)));
    if (row === undefined) return;
    const content = Kept.parse(row.content);
    const { unlessInternal } = content;
    if (unlessInternal !== undefined && !(await isPublic(unlessInternal))) return forget(id);
    try {
      await delivery.deliver({ ...content, id, writtenAt: row.createdAt });
    } catch (error) {
      return keepFailure(row, error);
    }
    await forget(id);
    await tryOthersNow();
  };

  const forget = async (id: string): Promise<void> => {
    await database.delete(mail).where(eq(mail.id, id));
  };

  const keepFailure = async (
    row: { readonly id: string; readonly attempts: number },
    error: unknown,
  ): Promise<void> => {
    const failure = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    const attempts = row.attempts + 1;
    const forGood = error instanceof MailRefused || attempts >= MOST_ATTEMPTS;
    const now = clock();
    log.warn({ mail: row.id, attempts, failure, forGood }, 'a mail was not taken');
    await database
      .update(mail)
      .set({ attempts, failure, failedAt: now, ...(forGood ? { givenUpAt: now, content: null } : {}) })
      .where(eq(mail.id, row.id));
    await database.delete(mail).where(lt(mail.givenUpAt, new Date(now.getTime() - REMEMBERED_MS)));
    const afterMs = waitsMs[Math.min(attempts, waitsMs.length) - 1] ?? MINUTE_MS;
    if (!forGood) await jobs.send('mail', { id: row.id }, { afterMs, once: row.id });
  };

  /** The mail server takes mails again: what waits for its next attempt does not wait any longer. */
  const tryOthersNow = async (): Promise<void> => {
    const rows = await database
      .update(mail)
      .set({ failure: null, failedAt: null })
      .where(isNotNull(mail.failure))
      .returning({ id: mail.id, givenUpAt: mail.givenUpAt });
    for (const { id, givenUpAt } of rows) if (givenUpAt === null) await jobs.send('mail', { id });
  };

  jobs.work(signal, 'mail', z.object({ id: z.uuid() }), ({ id }) => attempt(id));
  return {
    askBefore: (ask) => {
      isPublic = ask;
    },
    send: async (change, wish) => {
      const id = randomUUID();
      await change.sql.insert(mail).values({ id, content: Kept.parse(wish), createdAt: change.now });
      await jobs.send('mail', { id }, { change });
    },
    state: async () => {
      const [waiting] = await database.select({ rows: count() }).from(mail).where(isNull(mail.givenUpAt));
      const [failed] = await database
        .select({ at: mail.failedAt, reason: mail.failure })
        .from(mail)
        .where(isNotNull(mail.failure))
        .orderBy(desc(mail.failedAt))
        .limit(1);
      return {
        delivery: delivery.kind,
        from: delivery.from,
        waiting: waiting?.rows ?? 0,
        lastFailure:
          failed?.at == null || failed.reason === null ? null : { at: failed.at.toISOString(), reason: failed.reason },
      };
    },
  };
}

/** Forgets what waits to be sent: of an organization that was made up. */
export async function forgetMails(database: Database): Promise<void> {
  await database.delete(mail);
}
