import { buffer } from 'node:stream/consumers';
import type { SessionId } from '#contract/ids.ts';
import { Person } from '#contract/person.ts';
import type { Database } from '../../database/pool.ts';
import type { FileStorage } from '../../ports/storage.ts';
import type { PictureType } from '../annotation/index.ts';
import { type FileName, fileOf, findShownScreenshots } from './screenshot-store.ts';

/** A screenshot as employees keep it: the newest version, with its drawings on it as the page that made it painted them. */
export interface KeptPicture {
  readonly number: number;
  readonly author: Person;
  readonly takenAt: Date;
  readonly erasedAt: Date | null;
  /** Whole and small; null while there is none, or after it was erased. */
  readonly files: Readonly<Record<'painted' | 'thumbnail', KeptFile>> | null;
}

interface KeptFile {
  readonly type: PictureType;
  size(): Promise<number | null>;
  /** Null when it is gone meanwhile. */
  read(): Promise<Buffer | null>;
}

/** The screenshots of a session for somebody who sees everything, in the order they were taken. */
export async function findKeptPictures(
  { database, storage }: { readonly database: Database; readonly storage: FileStorage },
  sessionId: SessionId,
): Promise<readonly KeptPicture[]> {
  const all = await findShownScreenshots(database, sessionId, 'expert');
  return all.map(({ row, versions }) => {
    const newest = versions.at(-1);
    const file = (name: FileName, type: PictureType, of: NonNullable<typeof newest>): KeptFile => ({
      type,
      size: () => storage.size(fileOf(of, name)),
      read: async () => {
        const stream = await storage.read(fileOf(of, name));
        return stream === null ? null : buffer(stream);
      },
    });
    return {
      number: row.number,
      author: Person.parse(row.author),
      takenAt: row.takenAt,
      erasedAt: row.erasedAt,
      files:
        newest === undefined
          ? null
          : {
              painted: file('painted', newest.paintedType, newest),
              thumbnail: file('thumbnail', newest.thumbnailType, newest),
            },
    };
  });
}
