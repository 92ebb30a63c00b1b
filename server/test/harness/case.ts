import { expect } from 'vitest';
import type { TicketId } from '#contract/ids.ts';
import * as tickets from '#contract/ticket/http.ts';
import { newRequestId } from './client.ts';
import { gather, type People } from './organization.ts';
import { startTestServer, type TestServer } from './server.ts';

/** A server with an organization in it, and a ticket of its code. */
export interface Case {
  readonly server: TestServer;
  readonly people: People;
  readonly ticketId: TicketId;
}

/** Starts it; no limit of requests stands in the way of what is tested. */
export async function openCase(subject = 'Press'): Promise<Case> {
  const server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  const people = await gather(server.origin, await server.setupPath());
  const body = { requestId: newRequestId(), subject, code: people.code.id };
  const { id: ticketId } = await people.admin.get(tickets.openTicket, { body });
  return { server, people, ticketId };
}

/** Ends a server that must not have logged a fault. */
export async function closeWithoutFaults(server: TestServer): Promise<void> {
  await server.close();
  expect(server.faults).toEqual([]);
}
