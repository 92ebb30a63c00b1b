import * as access from '#contract/access/http.ts';
import { Client, newRequestId } from './client.ts';

/** Everybody's. */
export const PASSWORD = 'correct horse battery';

/** Sets the organization up by its one-time link, as its administrator does. */
export async function setUp(origin: string, setupPath: string | null): Promise<Client> {
  const secret = setupPath?.split('/').at(-1);
  if (secret === undefined) throw new Error('this server has an organization already');
  const admin = new Client(origin);
  const body = { organization: 'Hall Four', name: 'Ada Admin', email: 'ada@example.org', password: PASSWORD };
  await admin.get(access.setUp, { params: { secret }, body: { requestId: newRequestId(), ...body } });
  return admin;
}

/** Invites somebody, who accepts in a browser of their own. */
export async function addMember(admin: Client, name: string, role: access.Role): Promise<Client> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const { link } = await admin.get(access.invite, { body: { requestId: newRequestId(), email, role } });
  const secret = link.split('/').at(-1) ?? '';
  const member = new Client(admin.origin);
  const body = { requestId: newRequestId(), name, password: PASSWORD };
  await member.get(access.acceptInvitation, { params: { secret }, body });
  return member;
}

/** The same member in one more browser. */
export async function signIn(origin: string, email: string): Promise<Client> {
  const client = new Client(origin);
  await client.get(access.signIn, { body: { email, password: PASSWORD } });
  return client;
}

/** A code as an admin makes it. */
export const makeCode = (admin: Client, name: string): Promise<access.Code> =>
  admin.get(access.createCode, { body: { requestId: newRequestId(), name } });

/** A customer's browser that has entered the code by its link. */
export async function enterCode(origin: string, code: access.Code, displayName: string): Promise<Client> {
  const device = new Client(origin, 'code');
  await enterWith(device, code, displayName);
  return device;
}

/** One more code on a browser that may have some already. */
export async function enterWith(device: Client, code: access.Code, displayName: string): Promise<void> {
  const key = { link: code.link.split('/').at(-1) ?? '' };
  await device.get(access.enterCode, { body: { requestId: newRequestId(), key, displayName } });
}

/** An organization with everybody in it. */
export interface People {
  readonly admin: Client;
  readonly coAdmin: Client;
  readonly expert: Client;
  readonly code: access.Code;
  readonly customer: Client;
}

/** The usual few: an administrator, a co-admin, an expert, and a customer with a code. */
export async function gather(origin: string, setupPath: string | null): Promise<People> {
  const admin = await setUp(origin, setupPath);
  const coAdmin = await addMember(admin, 'Carl Coadmin', 'co-admin');
  const expert = await addMember(admin, 'Nora Expert', 'expert');
  const code = await makeCode(admin, 'Press 7');
  const customer = await enterCode(origin, code, 'Rafael');
  return { admin, coAdmin, expert, code, customer };
}
