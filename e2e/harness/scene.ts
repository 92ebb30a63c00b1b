import type { Page } from '@playwright/test';
import * as access from '#contract/access/http.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { askAs } from './api.ts';
import { type LaunchOptions, launch, type Person } from './browsers.ts';
import { type Product, startProduct } from './product.ts';

/** The expert at the desk. */
export const EXPERT = 'Nora Lind';
/** The customer on the phone. */
export const CUSTOMER = 'Rafael Costa';
export const MACHINE = 'Press 7, hall 4';
export const admin = {
  organization: 'Brenner Presses',
  name: EXPERT,
  email: 'nora@example.org',
  password: 'correct horse battery',
};

/** A running product that is set up, and the two people with their browsers, signed in and with the code entered. */
export interface Scene {
  readonly product: Product;
  readonly expert: Person;
  readonly customer: Person;
  readonly code: access.Code;
  /** A new ticket of the code, opened by the customer. */
  newTicket(subject: string, text?: string): Promise<TicketId>;
  /** A new ticket with a session waiting in it. */
  newSession(subject: string): Promise<{ sessionId: SessionId; ticketId: TicketId }>;
  /** The log of a session as the server has it. */
  log(sessionId: SessionId): Promise<sessions.SessionEvent['body'][]>;
  /** The same product and people for one more test: what it opens and changes in the browsers ends with it. */
  anew(): Promise<Scene>;
  end(): Promise<void>;
}

export interface SceneOptions extends LaunchOptions {
  /** The language of the customer's browser. */
  readonly customerLocale?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Sets it all up, past the pages: another test goes that way by hand. */
export async function setScene({ environment, customerLocale, ...options }: SceneOptions = {}): Promise<Scene> {
  const product = await startProduct(environment);
  const [expert, customer] = [
    await launch('expert', options),
    await launch('customer', { ...options, ...(customerLocale === undefined ? {} : { locale: customerLocale }) }),
  ];
  const secret = product.setupPath?.split('/').at(-1) ?? '';
  const { origin } = product;
  await askAs(expert.context, origin, access.setUp, { params: { secret }, body: admin });
  const code = await askAs(expert.context, origin, access.createCode, { body: { name: MACHINE } });
  const key = { link: code.link.split('/').at(-1) };
  await askAs(customer.context, origin, access.enterCode, { body: { key, displayName: CUSTOMER } });

  return sceneOf({ product, expert, customer, code }, async () => {
    await Promise.all([expert.close(), customer.close()]);
    await product.end();
  });
}

function sceneOf(parts: Pick<Scene, 'product' | 'expert' | 'customer' | 'code'>, end: () => Promise<void>): Scene {
  const { product, expert, customer, code } = parts;
  const { origin } = product;
  const newTicket = async (subject: string, text?: string) => {
    const body = { subject, code: code.id, ...(text === undefined ? {} : { text }) };
    return (await askAs(customer.context, origin, tickets.openTicket, { body })).id;
  };
  return {
    ...parts,
    newTicket,
    newSession: async (subject) => {
      const ticketId = await newTicket(subject);
      const made = await askAs(expert.context, origin, sessions.createSessionInTicket, { params: { ticketId } });
      return { sessionId: made.id, ticketId };
    },
    log: async (sessionId) => {
      const { events } = await askAs(expert.context, origin, sessions.sessionEvents, { params: { sessionId } });
      return events.map(({ body }) => body);
    },
    anew: async () => {
      const again = { expert: await expert.anew(), customer: await customer.anew() };
      return sceneOf({ ...parts, ...again }, async () => {
        await Promise.all([again.expert.close(), again.customer.close()]);
      });
    },
    end,
  };
}

/** Opens the session's page as one of the two. */
export async function openSession(scene: Scene, who: 'expert' | 'customer', sessionId: string): Promise<Page> {
  const page = await scene[who].tab();
  await page.goto(`${scene.product.origin}/s/${sessionId}${who === 'customer' ? '?as=code' : ''}`);
  return page;
}

/** The big button before joining, with both camera and microphone. */
export const joinButton = (page: Page) => page.getByRole('button', { name: 'Join', exact: true });

/** Both in the same session: the expert first, then the customer. */
export async function meet(scene: Scene, sessionId: string): Promise<{ desk: Page; phone: Page }> {
  const desk = await openSession(scene, 'expert', sessionId);
  await joinButton(desk).click();
  await desk.getByRole('button', { name: 'Leave the session' }).waitFor();
  const phone = await openSession(scene, 'customer', sessionId);
  await joinButton(phone).click();
  await phone.getByRole('button', { name: 'Leave the session' }).waitFor();
  return { desk, phone };
}
