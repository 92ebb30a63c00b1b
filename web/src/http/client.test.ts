import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { defineRoute } from '#contract/define-route.ts';
import { RequestId } from '#contract/ids.ts';
import { listTickets, markTicketRead, readTicket, sayInTicket } from '#contract/ticket/http.ts';
import { createAsk } from './client.ts';
import { newRequestId } from './request-id.ts';

const ticketId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01';
const requestId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a02';

function server(status: number, body: unknown) {
  const requests: Request[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    requests.push(new Request(new URL(String(input), 'http://desk.test'), init));
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
  return { requests, fetch };
}

describe('createAsk', () => {
  afterEach(() => vi.useRealTimers());

  it('fills the path and the query, and parses the reply', async () => {
    const { requests, fetch } = server(200, { tickets: [], total: 0, page: 2, pageSize: 25, extra: 1 });
    const reply = await createAsk({ fetch })(listTickets, { query: { search: 'a b&c', page: 2, status: undefined } });
    expect(reply).toEqual({ ok: true, value: { tickets: [], total: 0, page: 2, pageSize: 25 } });
    expect(requests[0]?.url).toBe('http://desk.test/api/tickets?search=a+b%26c&page=2');
    expect(requests[0]?.headers.get('sightglass-as')).toBeNull();
    expect(requests[0]?.headers.get('sightglass-language')).toBe('en');
  });

  it('sends the body as JSON and says whom it speaks as', async () => {
    const { requests, fetch } = server(200, {});
    const ask = createAsk({ fetch, as: 'code' });
    expect(await ask(markTicketRead, { params: { ticketId }, body: { upTo: 7 } })).toEqual({ ok: true, value: {} });
    expect(requests[0]?.url).toBe(`http://desk.test/api/tickets/${ticketId}/read`);
    expect(requests[0]?.method).toBe('POST');
    expect(requests[0]?.headers.get('sightglass-as')).toBe('code');
    expect(requests[0]?.headers.get('content-type')).toBe('application/json');
    expect(await requests[0]?.json()).toEqual({ upTo: 7 });
  });

  it('does not let an id break out of the path', async () => {
    const route = defineRoute({ method: 'GET', path: '/api/x/:id', params: z.object({ id: z.string() }) });
    const { requests, fetch } = server(200, {});
    await createAsk({ fetch })(route, { params: { id: '../me?x=1#y' } });
    expect(requests[0]?.url).toBe('http://desk.test/api/x/..%2Fme%3Fx%3D1%23y');
  });

  it('returns refusals as values, with their details', async () => {
    const { fetch } = server(429, { error: { code: 'too-many', retryAfterSeconds: 30 } });
    expect(await createAsk({ fetch })(readTicket, { params: { ticketId } })).toEqual({
      ok: false,
      code: 'too-many',
      retryAfterSeconds: 30,
    });
  });

  it.each([
    [404, '<html>', 'not-found'],
    [413, '', 'too-large'],
    [418, '', 'failed'],
    [500, '{"error":{"code":"made-up"}}', 'failed'],
    [502, 'Bad Gateway', 'unavailable'],
  ])('understands a status %i without our words', async (status, body, code) => {
    const { fetch } = server(status, body);
    const ask = createAsk({ fetch });
    const said = await ask(sayInTicket, { params: { ticketId }, body: { requestId, text: 'x' } });
    expect(said).toEqual({ ok: false, code });
  });

  it('refuses a reply of the wrong shape', async () => {
    const { fetch } = server(200, { tickets: 'none' });
    expect(await createAsk({ fetch })(listTickets)).toEqual({ ok: false, code: 'failed' });
  });

  it('never throws: no network, a deadline, a caller that gives up', async () => {
    const down = createAsk({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    expect(await down(listTickets)).toEqual({ ok: false, code: 'unavailable' });
    const hanging: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        if (init?.signal?.aborted) reject(init.signal.reason);
      });
    const slow = createAsk({ fetch: hanging, deadlineMs: 5 });
    expect(await slow(listTickets)).toEqual({ ok: false, code: 'unavailable' });
    const patient = createAsk({ fetch: hanging });
    expect(await patient(listTickets, { signal: AbortSignal.abort() })).toEqual({ ok: false, code: 'unavailable' });
  });
});

describe('newRequestId', () => {
  it('makes ids that the contract takes, on pages without https too', () => {
    const { randomUUID } = crypto;
    expect(RequestId.safeParse(newRequestId()).success).toBe(true);
    try {
      Object.assign(crypto, { randomUUID: undefined });
      const made = new Set(Array.from({ length: 50 }, newRequestId));
      expect(made.size).toBe(50);
      for (const id of made) expect(RequestId.safeParse(id).success).toBe(true);
    } finally {
      Object.assign(crypto, { randomUUID });
    }
  });
});
