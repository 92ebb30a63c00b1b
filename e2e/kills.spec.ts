import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import type { Client } from '../server/test/harness/client.ts';
import { enterCode, setUp } from '../server/test/harness/organization.ts';
import { type Product, startProduct } from './harness/product.ts';

/** CONTRIBUTING.md has how to run more. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 8);

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.end());

/** A message that the server has acknowledged, with the number it was given. */
interface Acknowledged {
  readonly text: string;
  readonly seq: number;
}

/** Writes one message after the other, as a page does: the same request again until an answer comes. */
async function writeOn(until: AbortSignal, name: string, say: (text: string, id: string) => Promise<number | null>) {
  const acknowledged: Acknowledged[] = [];
  for (let nth = 1; !until.aborted; nth++) {
    const [text, requestId] = [`${name} ${nth}`, randomUUID()];
    for (;;) {
      const seq = await say(text, requestId).catch(() => null);
      if (seq !== null) {
        acknowledged.push({ text, seq });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return acknowledged;
}

test(`C3 the server is killed ${ROUNDS} times while both sides write: no acknowledged message is lost, doubled or out of order`, async () => {
  test.setTimeout(300_000);
  const { origin } = product;
  const admin = await setUp(origin, product.setupPath);
  const code = await admin.get(access.createCode, { body: { requestId: randomUUID(), name: 'Press 7' } });
  const customer = await enterCode(origin, code, 'Rafael');
  const opened = { requestId: randomUUID(), subject: 'It stands', code: code.id };
  const { id: ticketId } = await customer.get(tickets.openTicket, { body: opened });
  const made = { params: { ticketId }, body: { requestId: randomUUID() } };
  const { id: sessionId } = await admin.get(sessions.createSessionInTicket, made);
  for (const client of [admin, customer]) {
    const body = { requestId: randomUUID(), tabId: randomUUID() };
    await client.get(sessions.joinSession, { params: { sessionId }, body });
  }

  const written = new AbortController();
  let answers = 0;
  const counted = (seq: number) => {
    answers += 1;
    return seq;
  };
  const toTicket = (client: Client) => async (text: string, requestId: string) =>
    counted((await client.get(tickets.sayInTicket, { params: { ticketId }, body: { requestId, text } })).seq);
  const toSession = (client: Client) => async (text: string, requestId: string) =>
    counted((await client.get(sessions.sayInSession, { params: { sessionId }, body: { requestId, text } })).seq);
  const inTicket = [
    writeOn(written.signal, 'Ada', toTicket(admin)),
    writeOn(written.signal, 'Rafael', toTicket(customer)),
  ];
  const inSession = [
    writeOn(written.signal, 'Ada', toSession(admin)),
    writeOn(written.signal, 'Rafael', toSession(customer)),
  ];

  for (let round = 0; round < ROUNDS; round++) {
    // In the middle of writing: at a different number of answers each time.
    const enough = answers + 5 + ((round * 7) % 23);
    await expect.poll(() => answers, { intervals: [5], timeout: 60_000 }).toBeGreaterThan(enough);
    await product.kill();
    await product.start();
  }
  const enough = answers + 20;
  await expect.poll(() => answers, { intervals: [5], timeout: 60_000 }).toBeGreaterThan(enough);
  written.abort();
  const acknowledged = { ticket: await Promise.all(inTicket), session: await Promise.all(inSession) };

  const kept = {
    ticket: await all((after) => admin.get(tickets.ticketEvents, { params: { ticketId }, query: { after } })),
    session: await all((after) => admin.get(sessions.sessionEvents, { params: { sessionId }, query: { after } })),
  };
  for (const stream of ['ticket', 'session'] as const) {
    const events = kept[stream];
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    const said = events.flatMap(({ seq, text }) => (text === null ? [] : [{ seq, text }]));
    // Each once.
    expect(new Set(said.map(({ text }) => text)).size).toBe(said.length);
    for (const own of acknowledged[stream]) {
      expect(own.length).toBeGreaterThan(ROUNDS);
      // Everything acknowledged is there under its number, in the order of writing, and nothing else of this writer.
      const name = own[0]?.text.split(' ')[0] ?? '';
      expect(said.filter(({ text }) => text.startsWith(`${name} `))).toEqual(
        own.map(({ seq, text }) => ({ seq, text })),
      );
    }
  }
  expect(product.said).not.toContain('"level":50');
});

interface Page {
  readonly events: readonly {
    readonly seq: number;
    readonly body: { readonly kind: string; readonly text?: string };
  }[];
  readonly upTo: number;
  readonly more: boolean;
}

/** A whole stream, page by page. */
async function all(read: (after: string) => Promise<Page>) {
  const events: { seq: number; text: string | null }[] = [];
  for (let after = 0; ; ) {
    const page = await read(`${after}`);
    events.push(
      ...page.events.map(({ seq, body }) => ({ seq, text: body.kind === 'message-said' ? (body.text ?? '') : null })),
    );
    after = page.upTo;
    if (!page.more) return events;
  }
}
