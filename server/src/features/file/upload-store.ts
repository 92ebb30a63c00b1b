import { mkdirSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Configstore, FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import { and, count, eq, gt, lt, sql } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { UploadId } from '#contract/file/ids.ts';
import { fileLimits } from '#contract/file/limits.ts';
import { type Actor, actorKey, type KnownActor } from '#core/access/actor.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { type Change, type TransactParts, transact } from '../../database/transact.ts';
import type { OpenPurpose } from './purposes.ts';
import { upload } from './tables.ts';

export type UploadRow = typeof upload.$inferSelect;

/** A file that came in, as far as it came. */
export interface UploadFile {
  readonly path: string;
  readonly bytes: number;
  /** Its length was said and reached. */
  readonly isComplete: boolean;
}

/** The uploads' folder and the table of what is in it. */
export interface UploadStore {
  readonly folder: string;
  /** For the protocol: bytes in the folder, the rest in the table. */
  readonly data: FileStore;
  /** Makes the row of a new upload, unless this person has too many under way or the purpose refuses. */
  add(actor: KnownActor, id: UploadId, purpose: OpenPurpose, size: number | null): Promise<Outcome<unknown>>;
  /** This person's upload; null for what is missing and what is somebody else's. */
  findOwn(actor: Actor, id: UploadId): Promise<UploadRow | null>;
  file(id: UploadId): Promise<UploadFile | null>;
  touch(id: UploadId): Promise<void>;
  /**
   * Uses a finished upload up: no second change can. `not-found` where it is not this person's, for something else, or not all
   * there. The file is to be taken in before the commit, and stays until `removeUsed`
   * or the janitor.
   */
  spend(
    change: Change,
    id: UploadId,
    actor: KnownActor,
    purpose: string,
  ): Promise<Outcome<UploadFile & { readonly row: UploadRow }>>;
  /** Takes the file of one away that was used up; touches no other. */
  removeUsed(id: UploadId): Promise<void>;
  /** Takes away whatever there is of this person's. */
  removeOwn(actor: Actor, id: UploadId): Promise<void>;
  /** Takes away whatever there is of it. */
  remove(id: UploadId): Promise<void>;
  /** Those without a byte since then. */
  idleSince(moment: Date): Promise<UploadRow[]>;
  find(id: UploadId): Promise<UploadRow | null>;
}

export function openUploadStore(parts: TransactParts, folder: string): UploadStore {
  const { database } = parts;
  // Before anything else: the protocol's store makes it too, but some time later.
  mkdirSync(folder, { recursive: true });
  const find = (from: Database | Transaction, id: UploadId) =>
    from
      .select()
      .from(upload)
      .where(eq(upload.id, id))
      .then(([row]) => row ?? null);
  const deleteRow = (id: UploadId) => database.delete(upload).where(eq(upload.id, id));
  const pathOf = (id: UploadId) => join(folder, id);
  const fileOf = async ({ id, size }: UploadRow): Promise<UploadFile | null> => {
    const found = await stat(pathOf(id)).catch(missing);
    return found === null ? null : { path: pathOf(id), bytes: found.size, isComplete: found.size === size };
  };

  const findOwn = async (actor: Actor, id: UploadId) => {
    const row = actor.kind === 'nobody' ? null : await find(database, id);
    return actor.kind !== 'nobody' && row?.owner === actorKey(actor) ? row : null;
  };
  const remove = async (id: UploadId) => {
    await deleteRow(id);
    await rm(pathOf(id), { force: true });
  };

  return {
    folder,
    data: new FileStore({ directory: folder, configstore: rowsOf(database) }),
    add: (actor, id, purpose, size) =>
      transact(parts, async (change) => {
        const owner = actorKey(actor);
        // One after the other for each person, or all of many at once would be within the limit.
        await change.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 0))`);
        const active = new Date(change.now.getTime() - fileLimits.uploadIdleMs);
        const [mine] = await change.sql
          .select({ many: count() })
          .from(upload)
          .where(and(eq(upload.owner, owner), gt(upload.lastByteAt, active)));
        if ((mine?.many ?? 0) >= fileLimits.uploadsUnderWay) return refused('too-many');
        const may = await purpose.mayCreate(change, actor, id);
        if (!may.ok) return may;
        const { name, metadata } = purpose;
        const at = { createdAt: change.now, lastByteAt: change.now };
        await change.sql
          .insert(upload)
          .values({ id, owner, purpose: name, metadata, sessionId: metadata.sessionId, size, ...at });
        return accepted(null);
      }),
    find: (id) => find(database, id),
    findOwn,
    file: async (id) => {
      const row = await find(database, id);
      return row === null ? null : fileOf(row);
    },
    touch: async (id) => {
      await database.update(upload).set({ lastByteAt: parts.clock() }).where(eq(upload.id, id));
    },
    spend: async (change, id, actor, purpose) => {
      const mine = and(eq(upload.id, id), eq(upload.owner, actorKey(actor)), eq(upload.purpose, purpose));
      const [row] = await change.sql.delete(upload).where(mine).returning();
      if (row === undefined) return refused('not-found');
      const file = await fileOf(row);
      return file?.isComplete === true ? accepted({ ...file, row }) : refused('not-found');
    },
    removeUsed: async (id) => {
      if ((await find(database, id)) === null) await rm(pathOf(id), { force: true });
    },
    removeOwn: async (actor, id) => {
      if ((await findOwn(actor, id)) !== null) await remove(id);
    },
    remove,
    idleSince: (moment) => database.select().from(upload).where(lt(upload.lastByteAt, moment)),
  };
}

const missing = (error: unknown): null => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
};

/** What the protocol keeps beside the bytes, in our table: the length. The row itself is made and taken away by us. */
function rowsOf(database: Database): Configstore {
  const named = (key: string) => eq(upload.id, UploadId.parse(key));
  return {
    get: async (key) => {
      const [row] = await database.select().from(upload).where(named(key));
      if (row === undefined) return undefined;
      return new Upload({ id: row.id, offset: 0, ...(row.size === null ? {} : { size: row.size }) });
    },
    set: async (key, { size }) => {
      await database
        .update(upload)
        .set({ size: size ?? null })
        .where(named(key));
    },
    delete: async (key) => {
      await database.delete(upload).where(named(key));
    },
  };
}
