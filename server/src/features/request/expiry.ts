import type { Change } from '../../database/transact.ts';
import { readPoliciesOf } from '../access/index.ts';

const HOUR_MS = 3_600_000;

/** When a request ends by itself if nobody says anything from now on. */
export async function expiryFrom({ sql, now }: Change): Promise<Date> {
  const { requests } = await readPoliciesOf(sql);
  return new Date(now.getTime() + requests.expireHours * HOUR_MS);
}
