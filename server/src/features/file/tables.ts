import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { UploadId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import { session } from '../session/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** A file on its way in, until a fact names it. The bytes are in the uploads' folder under the id; how many, the file says. */
export const upload = pgTable(
  'upload',
  {
    id: uuid().$type<UploadId>().primaryKey(),
    /** `actorKey` of who made it; nobody else finds it. */
    owner: text().notNull(),
    purpose: text().notNull(),
    /** As the purpose's schema has parsed it. */
    metadata: jsonb().notNull(),
    sessionId: uuid('session_id')
      .$type<SessionId>()
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    /** Null while the length is not said. */
    size: bigint({ mode: 'number' }),
    createdAt: instant('created_at').notNull(),
    lastByteAt: instant('last_byte_at').notNull(),
  },
  (table) => [index('upload_by_owner').on(table.owner, table.lastByteAt)],
);
