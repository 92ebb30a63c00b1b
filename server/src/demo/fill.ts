import { randomUUID } from 'node:crypto';
import * as access from '#contract/access/http.ts';
import type { CodeId, TicketId } from '#contract/ids.ts';
import * as request from '#contract/request/http.ts';
import * as session from '#contract/session/http.ts';
import * as ticket from '#contract/ticket/http.ts';
import type { DemoNews } from '../announce/print.ts';
import { type AppParts, buildApp } from '../app.ts';
import { forgetJobs } from '../jobs/jobs.ts';
import { forgetMails } from '../mail/mails.ts';
import type { MailDelivery } from '../ports/mail-delivery.ts';
import { type DemoPerson, newPerson } from './person.ts';
import {
  type Asked,
  asked,
  type Case,
  cases,
  type ExpertIndex,
  experts,
  machines,
  organization,
  password,
} from './story.ts';

const HOUR_MS = 3_600_000;

interface Cast {
  readonly members: readonly [DemoPerson, DemoPerson];
  readonly machines: readonly { readonly codeId: CodeId; readonly user: DemoPerson }[];
  readonly memberIds: readonly [string, string];
  /** Sets the demo's clock. */
  at(hoursAgo: number): void;
}

/**
 * Fills an empty database by the product's own routes, on a clock that starts in the past: what it makes is what people
 * would have made. Null when the database is not empty.
 */
export async function fillDemo(parts: AppParts): Promise<DemoNews | null> {
  const ended = new AbortController();
  const now = parts.clock().getTime();
  let offsetMs = 240 * HOUR_MS;
  const clock = () => new Date(now - offsetMs);
  const at = (hoursAgo: number) => {
    offsetMs = hoursAgo * HOUR_MS;
  };
  // The people of the story hold no sockets: nobody must count as lost while the clock jumps.
  const config = { ...parts.config, leaveGraceMs: 365 * 24 * HOUR_MS, requestsPerMinute: 1_000_000 };
  // Nor do they read mails. Those of a database that is not empty wait for the real server.
  let isEmpty = false;
  const deliver = async () => {
    if (!isEmpty) throw new Error('the demo sends no mails of others');
  };
  const mailDelivery: MailDelivery = { kind: 'folder', from: organization, deliver };
  const app = await buildApp(ended.signal, { ...parts, config, clock, mailDelivery });
  try {
    const setupPath = await app.setupPath();
    if (setupPath === null) return null;
    isEmpty = true;
    const [admin, expert] = [newPerson(app.app), newPerson(app.app)];
    const [anna, tomasz] = experts;
    const { member } = await admin.ask(access.setUp, {
      params: { secret: setupPath.split('/').at(-1) ?? '' },
      body: { organization, name: anna.name, email: anna.email, password },
    });
    const { link } = await admin.ask(access.invite, { body: { email: tomasz.email, role: tomasz.role } });
    const second = await expert.ask(access.acceptInvitation, {
      params: { secret: link.split('/').at(-1) ?? '' },
      body: { name: tomasz.name, password },
    });
    const codes = [];
    const users = [];
    for (const machine of machines) {
      const code = await admin.ask(access.createCode, { body: { name: machine.name } });
      const user = newPerson(app.app);
      const key = { link: code.link.split('/').at(-1) ?? '' };
      await user.ask(access.enterCode, { body: { key, displayName: machine.user } });
      codes.push(code);
      users.push({ codeId: code.id, user });
    }
    const cast: Cast = {
      members: [admin, expert],
      machines: users,
      memberIds: [member.id, second.member.id],
      at,
    };
    for (const one of cases) await play(cast, one);
    for (const one of asked) await askFor(cast, one, now);
    const [first] = codes;
    return {
      logins: experts.map(({ name, email }) => ({ name, email, password })),
      codeName: first?.name ?? '',
      codeUrl: first?.link ?? parts.phoneOrigin(),
    };
  } finally {
    ended.abort();
    await app.close();
    if (isEmpty) await forgetNews(parts);
  }
}

/** Nobody is to be told of what was made up. */
async function forgetNews({ database }: AppParts): Promise<void> {
  await forgetJobs(database, ['notify', 'push', 'mail']);
  await forgetMails(database);
}

async function play(cast: Cast, one: Case): Promise<void> {
  const machine = cast.machines[one.machine];
  if (machine === undefined) throw new Error('the story names a machine that is not there');
  const who = (by: ExpertIndex | 'customer') => (by === 'customer' ? machine.user : cast.members[by]);
  const [first, ...rest] = one.lines;
  cast.at(first.hoursAgo);
  const { id } = await who(first.by).ask(ticket.openTicket, {
    body: { subject: one.subject, code: machine.codeId, text: first.text },
  });
  if (one.assignee !== null) {
    const assignee = cast.memberIds[one.assignee];
    await cast.members[one.assignee].ask(ticket.updateTicket, {
      params: { ticketId: id },
      body: { assignee, status: 'in-progress' },
    });
  }
  let met = one.session === undefined;
  for (const line of rest) {
    if (!met && one.session !== undefined && line.hoursAgo < one.session.hoursAgo) {
      await meet(cast, one, id);
      met = true;
    }
    cast.at(line.hoursAgo);
    await who(line.by).ask(ticket.sayInTicket, { params: { ticketId: id }, body: { text: line.text } });
  }
  const manager = cast.members[one.assignee ?? 0];
  if (one.status !== 'open' && one.status !== 'in-progress') {
    await manager.ask(ticket.updateTicket, { params: { ticketId: id }, body: { status: one.status } });
  }
  if (one.waiting) {
    cast.at(0.05);
    await manager.ask(session.createSessionInTicket, { params: { ticketId: id }, body: {} });
  }
}

/** A session as it was: both come in, say something, the expert ends it. */
async function meet(cast: Cast, one: Case, ticketId: TicketId): Promise<void> {
  const { session: meeting, machine } = one;
  const customer = cast.machines[machine]?.user;
  if (meeting === undefined || customer === undefined) return;
  const expert = cast.members[one.assignee ?? 0];
  cast.at(meeting.hoursAgo + 0.05);
  const { id } = await expert.ask(session.createSessionInTicket, { params: { ticketId }, body: {} });
  const params = { sessionId: id };
  for (const person of [expert, customer]) {
    await person.ask(session.joinSession, { params, body: { tabId: randomUUID() } });
    cast.at(meeting.hoursAgo);
  }
  for (const [index, line] of meeting.said.entries()) {
    cast.at(meeting.hoursAgo - (meeting.minutes / 60) * ((index + 1) / (meeting.said.length + 1)));
    const speaker = line.by === 'customer' ? customer : cast.members[line.by];
    await speaker.ask(session.sayInSession, { params, body: { text: line.text } });
  }
  cast.at(meeting.hoursAgo - meeting.minutes / 60);
  await expert.ask(session.endSession, { params, body: {} });
}

/** A request, and the answer that it got. */
async function askFor(cast: Cast, one: Asked, now: number): Promise<void> {
  const machine = cast.machines[one.machine];
  if (machine === undefined) throw new Error('the story names a machine that is not there');
  const { subject, words, wishedInHours, agreedBy } = one;
  const wishedAt = wishedInHours === null ? null : fullHour(now + wishedInHours * HOUR_MS);
  cast.at(one.hoursAgo);
  const place = { code: machine.codeId };
  const { sessionId } = await machine.user.ask(request.createRequest, { body: { place, subject, words, wishedAt } });
  if (agreedBy === null || wishedAt === null) return;
  cast.at(one.hoursAgo / 2);
  await cast.members[agreedBy].ask(request.agreeTime, { params: { sessionId }, body: { at: wishedAt } });
}

const fullHour = (at: number) => new Date(Math.ceil(at / HOUR_MS) * HOUR_MS).toISOString();
