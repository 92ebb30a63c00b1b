import * as z from 'zod/mini';
import { changePolicies, defaultPolicies, Policies, readPolicies } from '#contract/access/policies.ts';
import { accepted } from '#contract/errors.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { authorize } from './policy.ts';
import { organization } from './tables.ts';

/** As they are kept: a section that came with a later version is not in there yet, nor its later fields. */
const Kept = z.nullable(z.record(z.string(), z.record(z.string(), z.unknown())));

/** What the organization has decided; as it is by default where nothing else was. With `lock` nobody changes it meanwhile. */
export async function readPoliciesOf(database: Database | Transaction, lock = false): Promise<Policies> {
  const query = database.select({ policies: organization.policies }).from(organization);
  const [row] = lock ? await query.for('update') : await query;
  const kept = Kept.parse(row?.policies ?? null);
  const sections = Object.entries(defaultPolicies).map(([name, section]) => [name, { ...section, ...kept?.[name] }]);
  return Policies.parse(Object.fromEntries(sections));
}

/** Every member reads the policies, managers change sections of them. */
export function servePolicies(app: App, parts: AccessParts): void {
  serve(app, readPolicies, async ({ actor }) => {
    const by = authorize(actor, 'see policies');
    return by.ok ? accepted(await readPoliciesOf(parts.database)) : by;
  });

  serve(app, changePolicies, async ({ actor, body }) => {
    const by = authorize(actor, 'change policies');
    if (!by.ok) return by;
    const asked = { actor: by.value, requestId: body.requestId, route: 'changePolicies' };
    return transactOnce<Policies>(parts, asked, async (change) => {
      const policies = Policies.parse({ ...(await readPoliciesOf(change.sql, true)), ...body.policies });
      await change.sql.update(organization).set({ policies });
      return accepted(policies);
    });
  });
}
