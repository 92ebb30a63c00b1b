import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import pg from 'pg';
import type { Product } from './product.ts';

/** Asks the product's own database, past the product. */
export async function askDatabase(
  { dataDir }: Product,
  text: string,
  values: readonly string[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ host: join(dataDir, 'postgres'), user: 'sightglass', database: 'postgres' });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/**
 * What is wrong with the files of recordings beside the tables: half made, of nobody, missing, or of another size. Empty when
 * every recording is made and nothing else is there.
 */
export async function filesAmiss(product: Product): Promise<readonly string[]> {
  const { dataDir } = product;
  const amiss: string[] = [];
  const ready = await askDatabase(product, "select id, session_id, bytes from recording where state = 'ready'");
  const kept = join(dataDir, 'files', 'recordings');
  const sizes = new Map(ready.map(({ id, session_id: of, bytes }) => [join(String(of), String(id)), Number(bytes)]));
  const names = await namesIn(kept);
  for (const name of names) {
    const size = (await stat(join(kept, name))).size;
    if (sizes.get(name) !== size) amiss.push(`files/recordings/${name} has ${size} bytes, not ${sizes.get(name)}`);
  }
  for (const id of sizes.keys()) if (!names.includes(id)) amiss.push(`the file of ${id} is missing`);
  for (const name of await namesIn(join(dataDir, 'making'))) amiss.push(`making/${name} is left`);
  const rows = (await askDatabase(product, 'select id from upload')).map(({ id }) => String(id));
  const uploads = await namesIn(join(dataDir, 'uploads'));
  for (const name of uploads) amiss.push(`uploads/${name} is left`);
  for (const id of rows) amiss.push(`the row of upload ${id} is left`);
  return amiss;
}

/** Paths of the files in a folder and those within it. */
async function namesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)));
}
