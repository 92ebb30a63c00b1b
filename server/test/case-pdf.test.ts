import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as files from '#contract/file/http.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import { casePdfPath } from '#contract/report/http.ts';
import * as sessions from '#contract/session/http.ts';
import { linkToTicket } from '#contract/session/linking.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import * as tickets from '#contract/ticket/http.ts';
import { isOnPaper } from '#core/report/letters.ts';
import { openPaper, type Paper } from '#server/features/report/paper.ts';
import { fresh } from './access-row.ts';
import type { Client } from './harness/client.ts';
import { gather, type People } from './harness/organization.ts';
import { readPdf } from './harness/pdf.ts';
import { jpeg, webp } from './harness/pictures.ts';
import { takeScreenshot, uploadFile } from './harness/screenshots.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
});
afterAll(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const pathOf = (ticketId: string, query = '') => casePdfPath.replace(':ticketId', ticketId) + query;
async function pdfOf(ticketId: TicketId, query = '?language=en&timeZone=UTC') {
  const answer = await fetch(server.origin + pathOf(ticketId, query), { headers: { cookie: people.expert.cookie } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  return { answer, ...readPdf(Buffer.from(await answer.arrayBuffer())) };
}
const newTicket = async (subject: string) =>
  (await people.customer.get(tickets.openTicket, { body: fresh({ subject, code: people.code.id }) })).id;
const say = (client: Client, ticketId: TicketId, text: string) =>
  client.get(tickets.sayInTicket, { params: { ticketId }, body: fresh({ text }) });
async function newSession(ticketId: TicketId) {
  const { id: sessionId } = await people.expert.get(sessions.createSessionInTicket, {
    params: { ticketId },
    body: fresh(),
  });
  const join = (client: Client) =>
    client.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId: randomUUID() }) });
  const { you } = await join(people.expert);
  await join(people.customer);
  return { sessionId, participantId: you.participantId ?? '' };
}
const inSession = (client: Client, sessionId: SessionId, text: string) =>
  client.get(sessions.sayInSession, { params: { sessionId }, body: fresh({ text }) });
const end = (sessionId: SessionId) => people.expert.get(sessions.endSession, { params: { sessionId }, body: fresh() });
async function keepPicture(
  at: Awaited<ReturnType<typeof newSession>>,
  painted: Uint8Array<ArrayBuffer>,
  small = jpeg(),
) {
  const { sessionId } = at;
  const bring = (bytes: Uint8Array<ArrayBuffer>) => uploadFile(people.expert, sessionId, bytes);
  const screenshotId = await takeScreenshot(people.expert, sessionId, at.participantId);
  const body = fresh({
    from: 0,
    picture: await bring(jpeg()),
    painted: await bring(painted),
    thumbnail: await bring(small),
    drawings: [],
    blurred: false,
  });
  await people.expert.get(files.addScreenshotVersion, { params: { sessionId, screenshotId }, body });
}

describe('A7 the case on paper', () => {
  test('has the messages, the sessions with people, length, transcript and rating, and the pictures as they were painted', async () => {
    const ticketId = await newTicket('Die Presse hält an');
    await say(people.customer, ticketId, 'The ram stops half-way – at 3 µm.');
    const at = await newSession(ticketId);
    await inSession(people.customer, at.sessionId, 'Here is the valve.');
    const [first, second] = [jpeg(3_000), jpeg(5_000, 360, 640)];
    await keepPicture(at, first);
    await keepPicture(at, second);
    server.clock.advance(95_000);
    await end(at.sessionId);
    await people.expert.get(setVisibility, {
      params: { sessionId: at.sessionId },
      body: fresh({ to: 'internal' }),
    });

    const { text, pictures, tags, objects, answer } = await pdfOf(ticketId, '?language=en&timeZone=UTC&download');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="ticket-\d+\.pdf"$/);
    for (const words of [
      'Die Presse hält an',
      'The ram stops half-way – at 3 µm.',
      'Rafael',
      'Video session: Die Presse hält an',
      '01:35',
      'Employees only',
      'Rafael: Here is the valve.',
      'Nora Expert took screenshot 1',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/Who (Nora Expert, Rafael|Rafael, Nora Expert)/);
    expect(text).toMatch(/Screenshot 2, Nora Expert/);
    expect(pictures.map((one) => one.toString('latin1'))).toEqual(
      [first, second].map((one) => Buffer.from(one).toString('latin1')),
    );
    expect(tags).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'H3', 'P', 'Figure', 'Caption']));
    expect(objects).toContain('/Lang (en-GB)');
    expect(objects).toContain('/Marked true');
  });

  test('is in German for those who read German, at their time', async () => {
    const ticketId = await newTicket('Öl läuft aus');
    await end((await newSession(ticketId)).sessionId);
    const berlin = await pdfOf(ticketId, '?language=de&timeZone=Europe/Berlin');
    for (const words of ['Zuständig', 'Videositzung: Öl läuft aus', 'Rafael hat dieses Ticket eröffnet', 'Seite 1']) {
      expect(berlin.text).toContain(words);
    }
    const hour = (zone: string) =>
      new Intl.DateTimeFormat('de-DE', { timeStyle: 'short', timeZone: zone }).format(server.clock.now());
    expect(berlin.text).toContain(hour('Europe/Berlin'));
    expect(berlin.text).not.toContain('Video session');
  });

  test('a session that has left is not told, only that it left', async () => {
    const ticketId = await newTicket('It stands');
    const { sessionId } = await newSession(ticketId);
    await inSession(people.expert, sessionId, 'Somebody else’s words');
    await end(sessionId);
    await people.expert.get(linkToTicket, { params: { sessionId }, body: fresh({ to: { none: true } }) });
    const { text } = await pdfOf(ticketId);
    expect(text).toContain('Nora Expert removed a video session from this ticket');
    expect(text).not.toContain('Somebody else’s words');
  });

  test('long texts go on over pages', async () => {
    const ticketId = await newTicket('Very long');
    const word = 'Wärmetauscherventilanschlussstück';
    for (let at = 0; at < 6; at++) {
      await say(people.customer, ticketId, `${at} ${`${word} `.repeat(110)}\n\n${'x'.repeat(300)}`.slice(0, 3_990));
    }
    const { text, pages } = await pdfOf(ticketId);
    expect(text.split(word).length - 1).toBeGreaterThan(600);
    expect(pages).toBeGreaterThan(4);
    expect(text).toContain(`Page ${pages}`);
  });

  test('is in the letters that it was written in: Latin, Greek and Cyrillic; what paper does not have leaves a sign', async () => {
    const ticketId = await newTicket('Насос течёт – Łódź');
    const written = [
      'Łukasz Żółć',
      'Příliš žluťoučký kůň',
      'Größe: ß, ẞ',
      'Привет, Київ',
      'Η αντλία στάζει',
      'Tiếng Việt',
    ];
    for (const words of written) await say(people.customer, ticketId, words);
    await say(people.customer, ticketId, 'The pump 水泵 🚀 leaks\u200b, \u202eabc');
    const { text, objects } = await pdfOf(ticketId);
    expect(text).toContain('Насос течёт – Łódź');
    for (const words of written) expect(text).toContain(words.replace('ẞ', 'SS'));
    expect(text).toContain('The pump \ufffd\ufffd \ufffd leaks, abc');
    expect(text).not.toContain('\0');
    expect(objects).toMatch(/\/FontFile2 \d+ 0 R/);
  });

  test('every letter that paper is said to have is in both of its fonts', async () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCodePoint(code))
      .filter(isOnPaper)
      .join('')
      .trim();
    for (const writeOn of [(paper: Paper) => paper.facts([['', all]]), (paper: Paper) => paper.heading(2, all)]) {
      const paper = openPaper({ title: '', language: 'en', pageWords: () => '', print: false, at: server.clock.now() });
      writeOn(paper);
      paper.end();
      const chunks: Buffer[] = [];
      for await (const chunk of paper.bytes) chunks.push(Buffer.from(chunk));
      const { text } = readPdf(Buffer.concat(chunks));
      expect([...all].filter((letter) => !text.includes(letter))).toEqual(['\u00a0']);
    }
  });

  test('a hundred pictures, some of them none', async () => {
    const ticketId = await newTicket('Many pictures');
    const at = await newSession(ticketId);
    const some = async () => {
      for (let count = 0; count < 49; count++) await keepPicture(at, jpeg(20_000));
    };
    await Promise.all([some(), some()]);
    await keepPicture(at, webp(), jpeg(700, 480, 270));
    await keepPicture(
      at,
      new Uint8Array(Buffer.concat([Buffer.from('ffd8ffe00002ffc00011080168028003', 'hex'), webp()])),
      webp(),
    );
    await end(at.sessionId);
    const { pictures, text, tags } = await pdfOf(ticketId);
    expect(pictures.filter(({ length }) => length === 20_000)).toHaveLength(98);
    expect(tags.filter((tag) => tag === 'Figure')).toHaveLength(100);
    expect(text).toContain('(small version)');

    // Whoever goes away in the middle leaves nothing behind: the server logs no fault, and writes the next one whole.
    const left = new AbortController();
    const { body } = await fetch(server.origin + pathOf(ticketId), {
      headers: { cookie: people.expert.cookie },
      signal: left.signal,
    });
    await body?.getReader().read();
    left.abort();
    expect((await pdfOf(ticketId)).tags.filter((tag) => tag === 'Figure')).toHaveLength(100);
  }, 120_000);

  test('printed at once only where that is asked for', async () => {
    const ticketId = await newTicket('Print it');
    expect((await pdfOf(ticketId)).objects).not.toContain('JavaScript');
    expect((await pdfOf(ticketId, '?language=en&print')).objects).toContain('JavaScript');
  });
});

describe('A7 who may read it', () => {
  test('employees; to all others the case is as one that is not there, whatever they ask for', async () => {
    const ticketId = await newTicket('Mine');
    for (const query of ['', '?timeZone=Nowhere', '?language=xx']) {
      const mine = await people.customer.send('GET', pathOf(ticketId, query));
      const missing = await people.customer.send('GET', pathOf(randomUUID(), query));
      expect([mine.status, mine.text]).toEqual([404, '{"error":{"code":"not-found"}}']);
      expect(missing.text).toBe(mine.text);
    }
    const nobody = await fetch(server.origin + pathOf(ticketId));
    expect([nobody.status, await nobody.text()]).toEqual([401, '{"error":{"code":"not-signed-in"}}']);
    for (const query of ['?timeZone=Nowhere', '?language=xx']) {
      expect((await people.expert.send('GET', pathOf(ticketId, query))).status).toBe(400);
    }
    expect((await people.expert.send('GET', pathOf(randomUUID()))).status).toBe(404);
    expect((await people.expert.send('GET', pathOf('x'))).status).toBe(404);
  });
});
