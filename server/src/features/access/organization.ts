import type { Database, Transaction } from '../../database/pool.ts';
import { organization } from './tables.ts';

/** The organization of this server; null before its set-up. */
export async function findOrganization(
  database: Database | Transaction,
): Promise<{ name: string; setUpRequest: string } | null> {
  const [row] = await database
    .select({ name: organization.name, setUpRequest: organization.setUpRequest })
    .from(organization);
  return row ?? null;
}

/** The organization's name, where there must be one because somebody acts in it. */
export async function organizationName(database: Database | Transaction): Promise<string> {
  const found = await findOrganization(database);
  if (found === null) throw new Error('there is no organization yet');
  return found.name;
}

/** Makes changes of members take turns: whether somebody is the last admin is decided for one change at a time. */
export async function lockMembers(sql: Transaction): Promise<void> {
  await sql.select({ id: organization.id }).from(organization).for('update');
}
