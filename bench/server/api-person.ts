import { randomUUID } from 'node:crypto';
import { demoLogin } from '../lab/product.ts';

/** Somebody who asks the API over HTTP and keeps their cookies. */
export interface ApiPerson {
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Opens a page as a browser would; what is in it does not matter here. */
  page(path: string): Promise<void>;
  cookie(): string;
  /** A new customer with a code of their own; members only. */
  invent(name: string): Promise<{ codeId: unknown; person: ApiPerson }>;
  /** One more employee, signed in; admins only. */
  employ(name: string, role: 'admin' | 'expert'): Promise<ApiPerson>;
}

function newPerson(base: string): ApiPerson {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(base + path, {
      method,
      headers: { cookie: cookie(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify({ requestId: randomUUID(), ...body }) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return response;
  };
  const person: ApiPerson = {
    ask: async (method, path, body) => (await send(method, path, body)).json() as Promise<Record<string, unknown>>,
    page: async (path) => void (await (await send('GET', path)).text()),
    cookie,
    async invent(name) {
      const code = await person.ask('POST', '/api/codes', { name });
      const customer = newPerson(base);
      const key = { link: String(code['link']).split('/').at(-1) };
      await customer.ask('POST', '/api/code/enter', { key, displayName: name });
      return { codeId: code['id'], person: customer };
    },
    async employ(name, role) {
      const email = `${name.toLowerCase().replaceAll(' ', '-')}@bench.example`;
      const { link } = await person.ask('POST', '/api/invitations', { email, role });
      const other = newPerson(base);
      const password = randomUUID();
      await other.ask('POST', `/api/invitation-links/${String(link).split('/').at(-1)}`, { name, password });
      return other;
    },
  };
  return person;
}

/** The demo's administrator, signed in. */
export async function signIn(base: string): Promise<ApiPerson> {
  const person = newPerson(base);
  await person.ask('POST', '/api/sign-in', demoLogin);
  return person;
}
