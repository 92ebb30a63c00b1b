import { eq } from 'drizzle-orm';
import type { CodeId } from '#contract/ids.ts';
import type { Transaction } from '../../database/pool.ts';
import { code, codeLinkPath } from '../access/index.ts';

/** The code's page, as its users know it. */
export async function codePath(sql: Transaction, id: CodeId): Promise<string | null> {
  const [row] = await sql.select({ linkSecret: code.linkSecret }).from(code).where(eq(code.id, id));
  return row === undefined ? null : codeLinkPath(row.linkSecret);
}
