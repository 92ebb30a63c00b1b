import { afterAll, beforeAll, expect, test } from 'vitest';
import { gather } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('an organization with everybody in it', async () => {
  const people = await gather(server.origin, await server.setupPath());
  const ear = await people.customer.connect();
  expect(await ear.ask('watch', {})).toEqual({ ok: true });
  ear.close();
  expect(server.faults).toEqual([]);
});
