import { eq } from 'drizzle-orm';
import { setUp, setupState } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { MemberId } from '#contract/ids.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { transact } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { giveLogin, keepLogin } from './logins.ts';
import { findOrganization } from './organization.ts';
import { meOf } from './own-account.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { hashOf, newId, newSecret } from './secrets.ts';
import { member, organization } from './tables.ts';

/**
 * The first administrator comes in by a link that only whoever started the server has seen.
 *
 * There is no actor yet to remember a repeated request by. Instead the organization's one row keeps the id of the request
 * that made it: the same id again, with the administrator's password, is the same person whose answer was lost, and gets a new
 * login. Everybody else reads `already-set-up`.
 */
export function serveSetUp(app: App, parts: AccessParts): { setupPath(): Promise<string | null> } {
  const secret = newSecret();
  const secretHash = hashOf(secret);
  // Hashes are compared: the time of the comparison tells nothing about the secret.
  const isSecret = (tried: string) => hashOf(tried) === secretHash;

  serve(app, setupState, async ({ params }) => {
    if ((await findOrganization(parts.database)) !== null) return refused('already-set-up');
    return isSecret(params.secret) ? accepted({ open: true as const }) : refused('not-found');
  });

  serve(app, setUp, async ({ params, body, request, reply }) => {
    const exists = (await findOrganization(parts.database)) !== null;
    if (!exists && !isSecret(params.secret)) return refused('not-found');
    const passwordHash = exists ? null : await hashPassword(body.password);
    const outcome = await transact(parts, async (change) => {
      const first = passwordHash !== null && (await keepOrganization(change.sql, body, change.now));
      const made: Outcome<MemberId> = first
        ? accepted(await keepAdmin(change.sql, body, passwordHash, change.now))
        : await findRepeat(change.sql, body);
      if (!made.ok) return made;
      return accepted({ id: made.value, login: await keepLogin(change, made.value, request) });
    });
    if (!outcome.ok) return outcome;
    giveLogin(request, reply, outcome.value.login);
    return accepted(await meOf(parts.database, outcome.value.id));
  });

  return {
    setupPath: async () => ((await findOrganization(parts.database)) === null ? `/setup/${secret}` : null),
  };
}

/** What founds an organization. */
export interface Founding {
  readonly organization: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly requestId: string;
}

/** False when there is one already; a second set-up at the same time waits here for the first. */
async function keepOrganization(sql: Transaction, founding: Founding, now: Date): Promise<boolean> {
  const made = await sql
    .insert(organization)
    .values({ name: founding.organization, setUpRequest: founding.requestId, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: organization.id });
  return made.length > 0;
}

async function keepAdmin(sql: Transaction, founding: Founding, passwordHash: string, now: Date): Promise<MemberId> {
  const id = newId(MemberId);
  const { email, name } = founding;
  await sql.insert(member).values({ id, email, name, role: 'admin', passwordHash, createdAt: now });
  return id;
}

async function findRepeat(database: Database | Transaction, founding: Founding): Promise<Outcome<MemberId>> {
  const found = await findOrganization(database);
  if (found?.setUpRequest !== founding.requestId) return refused('already-set-up');
  const [admin] = await database.select().from(member).where(eq(member.email, founding.email));
  const same = admin?.active === true && (await isPassword(admin.passwordHash, founding.password));
  return same ? accepted(admin.id) : refused('already-set-up');
}
