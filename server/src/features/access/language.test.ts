import { beforeAll, expect, it } from 'vitest';
import { createCode, enterCode, openCode, readMe } from '#contract/access/http.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import type { Database } from '../../database/pool.ts';
import { languageOf } from './language.ts';
import { type AccessServer, openAccessServer, uuid } from './testing.ts';

let database: Database;
let drop: () => Promise<void>;
let server: AccessServer;
beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
  server = await openAccessServer(database);
  return async () => {
    await server.close();
    await drop();
  };
});

it('is what the pages of a member or a customer said last', async () => {
  const { browser: admin, me } = await server.setUp();
  const ofAda = () => languageOf(database, { memberId: me.member.id });
  const reads = (language: string) => admin.ask(readMe, { headers: { 'sightglass-language': language } });
  expect(await ofAda()).toBe('en');
  await reads('de');
  expect(await ofAda()).toBe('de');
  await reads('xx');
  await admin.ask(readMe, { headers: { 'accept-language': 'en' } });
  expect(await ofAda()).toBe('de');
  await reads('en');
  expect(await ofAda()).toBe('en');

  const code = (await admin.ask(createCode, { body: { requestId: uuid(), name: 'Press 4' } })).reply;
  const key = { link: code.link.split('/').at(-1) ?? '' };
  const customer = server.browser();
  const entering = { body: { requestId: uuid(), key, displayName: 'Max' }, headers: { 'accept-language': 'de-AT' } };
  const { deviceId } = (await customer.ask(enterCode, entering)).reply;
  expect(await languageOf(database, { deviceId })).toBe('de');
  await customer.ask(openCode, { body: key, headers: { 'sightglass-language': 'en' } });
  expect(await languageOf(database, { deviceId })).toBe('en');
});
