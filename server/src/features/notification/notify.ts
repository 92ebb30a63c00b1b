import { accepted } from '#contract/errors.ts';
import type { CodeId, MemberId, SessionId } from '#contract/ids.ts';
import type { NotificationKind } from '#contract/notification/http.ts';
import { told } from '#core/notification/happening.ts';
import { type Change, transact } from '../../database/transact.ts';
import { formsOf } from '../../mail/letter.ts';
import { organizationName, readPoliciesOf } from '../access/index.ts';
import { isOfMissedCall } from '../direct-call/index.ts';
import { calendarOf, contactOf, findRequest } from '../request/index.ts';
import { findSession } from '../session/index.ts';
import { findTicketFacts } from '../ticket/index.ts';
import { codePath } from './code-path.ts';
import type { News } from './news.ts';
import type { NotificationParts } from './notification-parts.ts';
import { sendPush } from './push.ts';
import { findDevices, findStaff, type Receiver } from './receivers.ts';
import type { Facts, Said } from './said.ts';
import { timeWords } from './times.ts';
import { wordsOf } from './words.ts';

/** What is older is no news any more: the server was away for long. */
const STALE_MS = 24 * 3_600_000;

/** The session or ticket that it is about, as it is now. */
interface Thing {
  readonly id: string;
  readonly subject: string;
  readonly asker: string;
  readonly codeId: CodeId | null;
  readonly holder: MemberId | null;
  readonly session: SessionId | null;
  /** The agreed time, while it is waited for. */
  readonly expectedAt: Date | null;
  /** Customers may know of it. */
  readonly isPublic: boolean;
}

/** Somebody's line, and where it leads. */
interface Line {
  readonly kind: NotificationKind;
  readonly side: 'staff' | 'customer';
  readonly path: string;
  readonly label: 'inbox' | 'ticket' | 'session';
  readonly onlyMail: boolean;
}

/** Tells everybody whom a piece of news is for, by the ways that they chose. Who may know is looked up now, not when it happened. */
export async function notify(parts: NotificationParts, news: News): Promise<void> {
  if (parts.clock().getTime() - Date.parse(news.at) > STALE_MS) return;
  await transact(parts, async (change) => {
    const thing = await findThing(change, news);
    if (thing === null || (news.happening === 'near' && !isStillNear(news, thing, change.now))) return accepted(null);
    await tellStaff(parts, change, { news, thing });
    // Nothing internal reaches a customer, whatever it was when it happened.
    if (thing.isPublic && thing.codeId !== null) await tellCustomer(parts, change, { news, thing }, thing.codeId);
    return accepted(null);
  });
}

/** The server may have been away since: the time is over by now, or another one was agreed, or none is any more. */
const isStillNear = ({ times }: News, { expectedAt }: Thing, now: Date): boolean =>
  expectedAt !== null && expectedAt > now && times.some((at) => Date.parse(at) === expectedAt.getTime());

interface Case {
  readonly news: News;
  readonly thing: Thing;
}

async function tellStaff(parts: NotificationParts, change: Change, { news, thing }: Case): Promise<void> {
  const { staff } = told[news.happening];
  if (staff === undefined || (staff.who === 'holder' && thing.holder === null)) return;
  const path = staffPath(news, staff.kind);
  const line = { kind: staff.kind, side: 'staff', path, label: labelOf(path), onlyMail: false } as const;
  const receivers = await findStaff(change.sql, staff.who === 'all' ? null : thing.holder, news.by);
  for (const one of receivers) await tell(parts, change, { news, thing }, one, line);
}

/** Of a session, the one who asked for it; of a message in a ticket, everybody who uses its code. */
async function tellCustomer(
  parts: NotificationParts,
  change: Change,
  { news, thing }: Case,
  codeId: CodeId,
): Promise<void> {
  const { customer } = told[news.happening];
  if (customer === undefined) return;
  const contact = thing.session === null ? 'all' : await contactOf(change.sql, thing.session);
  const path = await customerPath(change, news, codeId);
  if (contact === null || path === null) return;
  const which = contact === 'all' ? contact : { only: contact.deviceId, email: contact.email };
  const onlyMail = customer.onlyMail ?? false;
  const line = { kind: customer.kind, side: 'customer', path, label: labelOf(path), onlyMail } as const;
  for (const one of await findDevices(change.sql, codeId, which)) await tell(parts, change, { news, thing }, one, line);
}

async function findThing({ sql }: Change, { thing, happening }: News): Promise<Thing | null> {
  if ('ticket' in thing) {
    const ticket = await findTicketFacts(sql, thing.ticket);
    if (ticket === null) return null;
    const { id, subject, codeId, assigneeId: holder } = ticket;
    return { id, subject, codeId, holder, asker: '', session: null, expectedAt: null, isPublic: true };
  }
  // Held until this is told: whoever hides the session meanwhile does so after it.
  const row = await findSession(sql, thing.session, true);
  if (row === null || row.erasedAt !== null) return null;
  // A missed call was told of already; the request is what became of it.
  if (happening === 'asked' && (await isOfMissedCall(sql, row.id))) return null;
  const asked = await findRequest(sql, row.id);
  return {
    id: row.id,
    subject: row.subject,
    asker: row.createdBy.kind === 'system' ? '' : row.createdBy.name,
    codeId: row.codeId,
    holder: asked?.request.answeredBy?.id ?? null,
    session: row.id,
    expectedAt: row.status === 'scheduled' ? row.scheduledFor : null,
    isPublic: row.visibility === 'public',
  };
}

async function tell(
  parts: NotificationParts,
  change: Change,
  { news, thing }: Case,
  to: Receiver,
  line: Line,
): Promise<void> {
  const { kind, side, path } = line;
  const ways = to.preferences[kind];
  const facts = await factsFor(change, { news, thing }, to);
  const said = wordsOf[to.language][side][news.happening]?.(facts);
  if (said === undefined) return;
  const hasPage = parts.isHeard(to.room);
  // While the lock is held, not after it: what is told now was public now.
  if (ways.page && hasPage && !line.onlyMail)
    parts.tell({ to: [to.room], name: 'notified', what: { kind, ...said, path } });
  // A message is read where it was written, as long as a page is open there.
  if (kind === 'message' && hasPage) return;
  const unlessInternal = side === 'customer' && thing.session !== null ? { unlessInternal: thing.session } : {};
  if (ways.push && !line.onlyMail) {
    const tag = `${kind}:${thing.id}`;
    await sendPush(parts.jobs, change, {
      who: to.who,
      codeId: thing.codeId,
      kind,
      ...said,
      path,
      tag,
      ...unlessInternal,
    });
  }
  if (ways.mail && to.email !== null)
    await mail(parts, change, { news, thing, said, facts }, { ...to, email: to.email }, line);
}

async function factsFor({ sql }: Change, { news, thing }: Case, to: Receiver) {
  const organization = await organizationName(sql);
  const { timeZone } = (await readPoliciesOf(sql)).officeHours;
  return {
    subject: thing.subject,
    asker: thing.asker === '' ? organization : thing.asker,
    by: news.by.kind === 'system' ? organization : news.by.name,
    organization,
    words: news.words,
    times: news.times.map((at) => timeWords(to.language, timeZone, new Date(at))),
  };
}

async function mail(
  parts: NotificationParts,
  change: Change,
  {
    news,
    thing,
    said,
    facts,
  }: { readonly news: News; readonly thing: Thing; readonly said: Said; readonly facts: Facts },
  to: Receiver & { readonly email: string },
  { side, path, label }: Line,
): Promise<void> {
  const { language, email } = to;
  const words = wordsOf[language];
  const letter = formsOf({
    language,
    from: facts.organization,
    subject: said.title,
    paragraphs: [said.title, said.text].map((text) => text.trim()).filter((text) => text !== ''),
    link: { label: words.open[label], address: `${parts.phoneOrigin()}${path}` },
    why: (side === 'staff' ? words.whyStaff : words.whyCustomer)(facts.organization),
  });
  const calendar = await calendarFor(parts, change, news, thing, { language, side });
  await parts.mails.send(change, {
    to: email,
    ...letter,
    ...(calendar === null ? {} : { attachments: [calendar] }),
    ...(side === 'customer' && thing.session !== null ? { unlessInternal: thing.session } : {}),
  });
}

/** With a time that is agreed, and with one that is not any more. */
async function calendarFor(
  parts: NotificationParts,
  { sql }: Change,
  { happening }: News,
  { session }: Thing,
  { language, side }: { readonly language: Receiver['language']; readonly side: Line['side'] },
) {
  const isAboutTime = ['agreed-by-staff', 'agreed-by-asker', 'called-off', 'withdrawn'].includes(happening);
  const asked = session === null || !isAboutTime ? null : await findRequest(sql, session);
  if (asked === null) return null;
  const content = await calendarOf(parts, sql, asked, { language, audience: side === 'staff' ? 'staff' : 'public' });
  if (content === null) return null;
  const method = /METHOD:(\w+)/.exec(content)?.[1] ?? 'PUBLISH';
  return { name: 'session.ics', type: `text/calendar; charset=utf-8; method=${method}`, content };
}

const labelOf = (path: string): Line['label'] =>
  path === '/inbox' ? 'inbox' : path.startsWith('/s/') ? 'session' : 'ticket';

/** What waits for anybody is in the inbox; what is somebody's own is its page. */
function staffPath({ thing, happening }: News, kind: NotificationKind): string {
  if ('ticket' in thing) return `/tickets/${thing.ticket}`;
  return kind === 'reminder' || happening === 'agreed-by-asker' ? `/s/${thing.session}` : '/inbox';
}

async function customerPath(change: Change, { thing }: News, codeId: CodeId): Promise<string | null> {
  if ('session' in thing) return `/s/${thing.session}?as=code`;
  const page = await codePath(change.sql, codeId);
  return page === null ? null : `${page}#ticket-${thing.ticket}`;
}
