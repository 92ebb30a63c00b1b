import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type SessionId, StreamId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import { Person } from '#contract/person.ts';
import type { Ticket, TicketEvent } from '#contract/ticket/http.ts';
import { elapsed, formatDuration } from '#core/session/duration.ts';
import { cardsIn } from '#core/ticket/cards.ts';
import type { Database } from '../../database/pool.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { readSessionEvents, readTicketEvents } from '../../stream/read.ts';
import { organizationName } from '../access/index.ts';
import { findKeptPictures, type KeptPicture } from '../file/index.ts';
import { findRecordingsOf } from '../recording/index.ts';
import { findParticipants, findSession, type SessionRow } from '../session/index.ts';
import { openPaper, type Paper } from './paper.ts';
import type { CaseWords } from './words.ts';
import { german } from './words-de.ts';
import { english } from './words-en.ts';

const wordsIn: Readonly<Record<Language, CaseWords>> = { en: english, de: german };

export interface CaseWish {
  readonly language: Language;
  /** An IANA name: days and times are those of this place. */
  readonly timeZone: string;
  readonly print: boolean;
}

/** Bytes of pictures in one document; what comes after is put in in its small version. */
const PICTURE_BYTES = 80_000_000;
/** PDF takes these as they are. */
const ON_PAPER = ['image/jpeg', 'image/png'];

/** Where the writing of one document is. */
interface Pen {
  readonly parts: FeatureParts;
  readonly paper: Paper;
  readonly words: CaseWords;
  /** Instants in the reader's place and language. */
  readonly day: (at: Date | string) => string;
  readonly clock: (at: Date | string) => string;
  readonly full: (at: Date | string) => string;
  /** Lets the reader take what is written, and everybody else have their turn. */
  rest(): Promise<void>;
  pictureBytesLeft: number;
}

/** Writes the ticket's whole case as a PDF, page by page as fast as it is taken; ends early when nobody takes it any more. */
export function writeCase(parts: FeatureParts, ticket: Ticket, wish: CaseWish): PassThrough {
  const out = new PassThrough();
  const words = wordsIn[wish.language];
  const now = parts.clock();
  const paper = openPaper({
    title: `${words.ticket(ticket.number)}: ${ticket.subject}`,
    language: words.locale,
    pageWords: (page) => `${words.ticket(ticket.number)} · ${words.page(page)}`,
    print: wish.print,
    at: now,
  });
  // Not piped: a pipe would stop the paper in the middle of what it is given, which then waits in the memory.
  paper.bytes.on('data', (bytes: Buffer) => out.write(bytes));
  paper.bytes.on('end', () => out.end());
  const gone = new AbortController();
  out.once('close', () => gone.abort());
  const rest = async () => {
    if (out.writableNeedDrain) await once(out, 'drain', { signal: gone.signal });
    else await new Promise((resolve) => setImmediate(resolve));
    gone.signal.throwIfAborted();
  };
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(words.locale, { ...options, timeZone: wish.timeZone });
    return (at: Date | string) => made.format(new Date(at));
  };
  const pen: Pen = {
    parts,
    paper,
    words,
    day: format({ dateStyle: 'full' }),
    clock: format({ timeStyle: 'short' }),
    full: format({ dateStyle: 'medium', timeStyle: 'short' }),
    rest,
    pictureBytesLeft: PICTURE_BYTES,
  };
  write(pen, ticket, now).catch((error: unknown) => {
    if (gone.signal.aborted) return;
    parts.log.error({ err: error, ticketId: ticket.id }, 'a case could not be written to the end');
    out.destroy(error instanceof Error ? error : new Error('the case could not be written'));
  });
  return out;
}

async function write(pen: Pen, ticket: Ticket, now: Date): Promise<void> {
  const { paper, words, full } = pen;
  const { database } = pen.parts;
  const { facts } = words;
  const asOf = words.asOf(full(now));
  paper.title(`${await organizationName(database)} · ${words.ticket(ticket.number)}`, ticket.subject, asOf);
  paper.facts([
    [facts.status, words.ticketStatus[ticket.status]],
    [facts.code, ticket.code?.name ?? facts.none],
    [facts.assignee, ticket.assignee?.name ?? facts.none],
    [facts.openedBy, ticket.openedBy],
    [facts.openedAt, full(ticket.createdAt)],
  ]);
  // Where a session's card stands is known only at the end: it may have left and come back.
  const about: TicketEvent[] = [];
  for await (const event of eventsOf(database, ticket.id)) if ('sessionId' in event.body) about.push(event);
  const cards = cardsIn(about);
  let day = '';
  for await (const event of eventsOf(database, ticket.id)) {
    const { at, body, seq } = event;
    if (pen.day(at) !== day) {
      day = pen.day(at);
      paper.heading(2, day);
    }
    const name = nameOf(event.author);
    const text = words.inTicket(body, name) ?? '';
    if (body.kind === 'message-said') paper.message(name, pen.clock(at), text);
    else paper.line(pen.clock(at), text);
    if ('sessionId' in body && cards.get(body.sessionId) === seq) await writeSession(pen, body.sessionId);
    await pen.rest();
  }
  paper.end();
}

async function writeSession(pen: Pen, sessionId: SessionId): Promise<void> {
  const { paper, words } = pen;
  const { database } = pen.parts;
  const row = await findSession(database, sessionId);
  if (row === null) return;
  paper.heading(3, `${words.session.title}: ${row.subject}`);
  paper.facts(await factsOf(pen, row));
  if (row.erasedAt !== null) return paper.line('', words.session.erased(pen.full(row.erasedAt)));
  let begun = false;
  for await (const { at, author, body } of sessionEventsOf(database, sessionId)) {
    const name = nameOf(author);
    const text = words.inSession(body, name, pen.full);
    if (text === null) continue;
    if (!begun) paper.heading(4, words.session.transcript);
    begun = true;
    paper.line(pen.clock(at), body.kind === 'message-said' ? `${name}: ${text}` : text);
    await pen.rest();
  }
  await writeRecordings(pen, sessionId);
  await writePictures(pen, sessionId);
}

async function factsOf({ parts, words, full, clock, day }: Pen, row: SessionRow) {
  const { session } = words;
  const people = await findParticipants(parts.database, [row.id]);
  const began = row.liveSince ?? row.scheduledFor ?? row.createdAt;
  const sameDay = row.endedAt !== null && day(row.endedAt) === day(began);
  const ended = row.endedAt === null ? '' : ` – ${sameDay ? clock(row.endedAt) : full(row.endedAt)}`;
  const lasted = elapsed(
    { liveSince: row.liveSince?.getTime() ?? null, endedAt: row.endedAt?.getTime() ?? null },
    parts.clock().getTime(),
    null,
  );
  const mean = row.stars?.toLocaleString(words.locale, { maximumFractionDigits: 1 });
  const facts: [string, string | null | undefined][] = [
    [session.status, words.sessionStatus[row.status]],
    [session.when, `${full(began)}${ended}`],
    [session.lasted, lasted === null ? null : formatDuration(lasted)],
    [session.people, row.erasedAt === null ? people.map(({ name }) => name).join(', ') : null],
    [session.rating, mean === undefined ? null : session.stars(mean)],
    [session.visibility, row.visibility === 'internal' ? session.internal : null],
  ];
  return facts.flatMap(([name, value]): (readonly [string, string])[] => (value ? [[name, value]] : []));
}

async function writeRecordings({ parts, paper, words, full }: Pen, sessionId: SessionId): Promise<void> {
  const recordings = await findRecordingsOf(parts.database, sessionId);
  if (recordings.length === 0) return;
  paper.heading(4, words.session.recordings);
  for (const [at, { startedBy, startedAt, durationMs, state }] of recordings.entries()) {
    const length = durationMs === null ? '' : formatDuration(durationMs);
    const by = words.recording(at + 1, nameOf(Person.parse(startedBy)), full(startedAt));
    paper.line(length, `${by}: ${words.recordingState[state]}`);
  }
}

async function writePictures(pen: Pen, sessionId: SessionId): Promise<void> {
  const { paper, words, full } = pen;
  const pictures = await findKeptPictures(pen.parts, sessionId);
  if (pictures.length === 0) return;
  paper.heading(4, words.session.pictures);
  for (const picture of pictures) {
    const caption = words.picture(picture.number, nameOf(picture.author), full(picture.takenAt));
    const { bytes, small } = await bytesOf(pen, picture);
    const more = picture.erasedAt !== null ? words.pictureErased : small ? words.pictureSmall : null;
    paper.picture(bytes, more === null ? caption : `${caption} (${more})`, words.pictureMissing);
    await pen.rest();
  }
}

/** The whole picture as long as the document stays of a size that can be sent on, then the small one. */
async function bytesOf(pen: Pen, { files }: KeptPicture): Promise<{ bytes: Buffer | null; small: boolean }> {
  if (files === null) return { bytes: null, small: false };
  const size = ON_PAPER.includes(files.painted.type) ? await files.painted.size() : null;
  if (size !== null && size <= pen.pictureBytesLeft) {
    pen.pictureBytesLeft -= size;
    return { bytes: await files.painted.read(), small: false };
  }
  const bytes = ON_PAPER.includes(files.thumbnail.type) ? await files.thumbnail.read() : null;
  return { bytes, small: bytes !== null };
}

const nameOf = (person: Person): string => (person.kind === 'system' ? 'Sightglass' : person.name);

async function* eventsOf(database: Database, ticketId: Ticket['id']) {
  for (let after = 0, more = true; more; ) {
    const page = await readTicketEvents(database, StreamId.parse(ticketId), after, 'staff');
    yield* page.events;
    ({ upTo: after, more } = page);
  }
}

async function* sessionEventsOf(database: Database, sessionId: SessionId) {
  for (let after = 0, more = true; more; ) {
    const page = await readSessionEvents(database, StreamId.parse(sessionId), after, 'staff');
    yield* page.events;
    ({ upTo: after, more } = page);
  }
}
