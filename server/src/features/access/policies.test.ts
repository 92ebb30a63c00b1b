import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { changePolicies, defaultPolicies, type Policies, readPolicies } from '#contract/access/policies.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import type { Database } from '../../database/pool.ts';
import { readPoliciesOf } from './policies.ts';
import { organization } from './tables.ts';
import { type AccessServer, type Browser, openAccessServer, uuid } from './testing.ts';

let database: Database;
let drop: () => Promise<void>;
let server: AccessServer;
let admin: Browser;
beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
});
afterAll(() => drop());
beforeEach(async () => {
  server = await openAccessServer(database);
  admin = (await server.setUp()).browser;
  return () => server.close();
});

const changed: Policies = {
  recording: { consent: false, lateJoiner: 'leave-out' },
  directCall: { enabled: true, ringSeconds: 20 },
  officeHours: { ...defaultPolicies.officeHours, enabled: true, message: 'We are back on Monday.' },
  requests: { expireHours: 24, remindMinutes: 15 },
  retentionDays: { recordings: 30, screenshots: null, sessions: 365 },
};

it('B7 are as by default until an admin changes them, for every employee', async () => {
  const eve = await server.addMember(admin, 'Eve', 'expert');
  expect((await eve.browser.ask(readPolicies)).reply).toEqual(defaultPolicies);
  const body = { requestId: uuid(), policies: changed };
  expect((await admin.ask(changePolicies, { body })).reply).toEqual(changed);
  expect((await eve.browser.ask(readPolicies)).reply).toEqual(changed);
  expect(await readPoliciesOf(database)).toEqual(changed);
});

it('are changed by sections: two managers who change different ones at once both have their way', async () => {
  const { recording, requests, retentionDays } = changed;
  const change = (policies: Partial<Policies>) => admin.ask(changePolicies, { body: { requestId: uuid(), policies } });
  await Promise.all([change({ recording }), change({ requests }), change({ retentionDays })]);
  expect(await readPoliciesOf(database)).toEqual({ ...defaultPolicies, recording, requests, retentionDays });
});

it('take the default for what an earlier version did not know', async () => {
  await database.update(organization).set({ policies: { recording: { consent: false } } });
  expect(await readPoliciesOf(database)).toEqual({
    ...defaultPolicies,
    recording: { ...defaultPolicies.recording, consent: false },
  });
});

it('are refused with days that are none', async () => {
  const policies = { ...changed, retentionDays: { ...changed.retentionDays, sessions: 0 } };
  const refused = await admin.ask(changePolicies, { body: { requestId: uuid(), policies } });
  expect(refused.refusal?.code).toBe('malformed');
  expect(await readPoliciesOf(database)).toEqual(defaultPolicies);
});
