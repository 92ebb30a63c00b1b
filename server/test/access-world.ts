import { randomUUID } from 'node:crypto';
import * as access from '#contract/access/http.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import { createRequest } from '#contract/request/http.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { Client, newRequestId } from './harness/client.ts';
import { addMember, enterCode, makeCode, setUp, signIn } from './harness/organization.ts';

/** Every kind of person who can ask, in the order of the table's columns. */
export const actors = [
  'nobody',
  'revoked',
  'expert',
  'coAdmin',
  'admin',
  'owner',
  'stranger',
  'switchedOff',
  'rotated',
] as const;
export type ActorName = (typeof actors)[number];

/** An organization in which everybody is somebody, and everything belongs to someone. */
export interface World {
  readonly origin: string;
  readonly people: Readonly<Record<ActorName, Client>>;
  /** The code that this actor uses or used; for all others the owner's. */
  codeOf(actor: ActorName): access.Code;
  /** A ticket of that code, the same each time. */
  ticketOf(actor: ActorName): TicketId;
  /** A new session waiting in that ticket. */
  newSession(actor: ActorName): Promise<SessionId>;
  /** A new request of a colleague of theirs at that code, for this time; of a code without users the one from before. */
  newRequest(actor: ActorName, wishedAt: string): Promise<SessionId>;
  /** A new member in a browser of their own, with their ids. */
  newMember(role: access.Role): Promise<{ client: Client; memberId: string; loginId: string }>;
  /** Somebody of the same kind who may be used up: signed out, put into another code. */
  spare(actor: ActorName): Promise<Client>;
}

const emails = { expert: 'nora.expert@example.org', coAdmin: 'carl.coadmin@example.org', admin: 'ada@example.org' };

/** Makes it, by the ways that people go. */
export async function makeWorld(origin: string, setupPath: string | null): Promise<World> {
  const admin = await setUp(origin, setupPath);
  const [own, other, off, turned] = await Promise.all(
    ['Press 7', 'Oven 2', 'Lift 9', 'Crane 4'].map((name) => makeCode(admin, name)),
  );
  if (own === undefined || other === undefined || off === undefined || turned === undefined)
    throw new Error('no codes');
  const expert = await addMember(admin, 'Nora Expert', 'expert');
  const people = {
    nobody: new Client(origin),
    revoked: await revokedLogin(origin, expert),
    expert,
    coAdmin: await addMember(admin, 'Carl Coadmin', 'co-admin'),
    admin,
    owner: await enterCode(origin, own, 'Olga'),
    stranger: await enterCode(origin, other, 'Stan'),
    switchedOff: await enterCode(origin, off, 'Ossi'),
    rotated: await enterCode(origin, turned, 'Rita'),
  };
  const codes: Partial<Record<ActorName, access.Code>> = { switchedOff: off, rotated: turned };
  const codeOf = (actor: ActorName) => codes[actor] ?? own;
  const opened = new Map<string, TicketId>();
  for (const code of [own, off, turned]) {
    const body = {
      requestId: newRequestId(),
      subject: `Trouble with ${code.name}`,
      code: code.id,
      text: 'It has stopped.',
    };
    opened.set(code.id, (await admin.get(tickets.openTicket, { body })).id);
  }
  const ticketOf = (actor: ActorName) => {
    const found = opened.get(codeOf(actor).id);
    if (found === undefined) throw new Error('every code has a ticket');
    return found;
  };
  const askAt = async (client: Client, code: access.Code, wishedAt: string | null) => {
    const body = { requestId: newRequestId(), place: { code: code.id }, subject: 'It stands', wishedAt };
    return (await client.get(createRequest, { body })).sessionId;
  };
  const asked: Partial<Record<ActorName, SessionId>> = {
    switchedOff: await askAt(people.switchedOff, off, null),
    rotated: await askAt(people.rotated, turned, null),
  };
  await admin.get(access.updateCode, {
    params: { codeId: off.id },
    body: { requestId: newRequestId(), enabled: false },
  });
  await admin.get(access.rotateCode, { params: { codeId: turned.id }, body: { requestId: newRequestId() } });
  return {
    origin,
    people,
    codeOf,
    ticketOf,
    newSession: async (actor) => {
      const made = { params: { ticketId: ticketOf(actor) }, body: { requestId: newRequestId() } };
      return (await admin.get(sessions.createSessionInTicket, made)).id;
    },
    newRequest: async (actor, wishedAt) => asked[actor] ?? askAt(await enterCode(origin, own, 'Otto'), own, wishedAt),
    newMember: async (role) => {
      const client = await addMember(admin, `Temp ${randomUUID().slice(0, 8)}`, role);
      const [login] = (await client.get(access.listLogins)).logins;
      const { member } = await client.get(access.readMe);
      return { client, memberId: member.id, loginId: login?.id ?? '' };
    },
    spare: async (actor) => {
      if (actor === 'expert' || actor === 'coAdmin' || actor === 'admin') return signIn(origin, emails[actor]);
      return actor === 'stranger' ? enterCode(origin, other, 'Stan') : people[actor].copy();
    },
  };
}

/** A browser whose login another one has ended; it keeps its cookie. */
async function revokedLogin(origin: string, expert: Client): Promise<Client> {
  const lost = await signIn(origin, emails.expert);
  const { logins } = await lost.get(access.listLogins);
  const loginId = logins.find((one) => one.current)?.id ?? '';
  const kept = lost.copy();
  await expert.get(access.revokeLogin, { params: { loginId } });
  return kept;
}
