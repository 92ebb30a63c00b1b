import pg from 'pg';
import { CannotStart, codeOf, messageOf } from '../boot/cannot-start.ts';

/** Oldest PostgreSQL whose dialect our migrations and queries keep to. */
const oldestMajor = 15;

/** Proves that the operator's database answers and is recent enough, or refuses in one sentence (without the password). */
export async function checkExternalDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const reply = await client.query('show server_version_num');
    const version = Number(reply.rows[0]?.server_version_num);
    if (version < oldestMajor * 10_000) {
      throw new CannotStart(
        `The database at ${placeOf(url)} is PostgreSQL ${Math.floor(version / 10_000)}, but version ${oldestMajor} or later is needed (DATABASE_URL).`,
      );
    }
  } catch (error) {
    throw error instanceof CannotStart ? error : new CannotStart(sentence(url, error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

function sentence(url: string, error: unknown): string {
  const place = placeOf(url);
  const code = codeOf(error);
  if (code === '28P01' || code === '28000') {
    return `The database at ${place} refuses the user "${userOf(url)}" or its password: check DATABASE_URL.`;
  }
  if (code === '3D000')
    return `There is no database "${new URL(url).pathname.slice(1)}" at ${place}: create it, or check DATABASE_URL.`;
  if (code === '53300') return `The database at ${place} has no connection left (DATABASE_URL).`;
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'this name is unknown',
    EAI_AGAIN: 'names cannot be looked up right now',
    ETIMEDOUT: 'no answer came',
    EHOSTUNREACH: 'there is no way to it',
    ENOENT: 'its socket does not exist',
    '57P03': 'it is starting up or shutting down',
  };
  const reason = reasons[code] ?? messageOf(error).split('\n')[0];
  return `The database at ${place} cannot be reached (${reason}): check DATABASE_URL.`;
}

function placeOf(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  return `${hostname || searchParams.get('host') || 'localhost'}:${port || searchParams.get('port') || '5432'}`;
}

function userOf(url: string): string {
  const { username, searchParams } = new URL(url);
  return decodeURIComponent(username) || (searchParams.get('user') ?? '');
}
