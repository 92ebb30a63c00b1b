import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ScreenshotId, UploadId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import { session } from '../session/tables.ts';

/** Pages make the ids of screenshots, so one counts within its session only. */
const screenshotId = (name: string) => uuid(name).$type<ScreenshotId>().notNull();
const pictureType = (name: string) => text(name, { enum: ['image/webp', 'image/jpeg', 'image/png'] }).notNull();
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

const sessionId = () =>
  uuid('session_id')
    .$type<SessionId>()
    .notNull()
    .references(() => session.id, { onDelete: 'cascade' });

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
    sessionId: sessionId(),
    /** Null while the length is not said. */
    size: bigint({ mode: 'number' }),
    createdAt: instant('created_at').notNull(),
    lastByteAt: instant('last_byte_at').notNull(),
  },
  (table) => [index('upload_by_owner').on(table.owner, table.lastByteAt)],
);

/** A screenshot; its pictures are its versions. Erased, it stays as a line. */
export const screenshot = pgTable(
  'screenshot',
  {
    sessionId: sessionId(),
    id: screenshotId('id'),
    /** 1, 2, 3 … within the session. */
    number: integer().notNull(),
    of: jsonb().notNull(),
    author: jsonb().notNull(),
    takenAt: instant('taken_at').notNull(),
    erasedAt: instant('erased_at'),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.id] }),
    unique('screenshot_number').on(table.sessionId, table.number),
  ],
);

/** A state of a screenshot. Its files are in the storage under session, screenshot and number; rows are only added. */
export const screenshotVersion = pgTable(
  'screenshot_version',
  {
    sessionId: sessionId(),
    screenshotId: screenshotId('screenshot_id'),
    number: integer().notNull(),
    author: jsonb().notNull(),
    at: instant('at').notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    drawings: jsonb().notNull(),
    blurred: boolean().notNull(),
    /** Which version has the file of the picture without drawings: this one, or one it was made from. */
    pictureOf: integer('picture_of').notNull(),
    pictureType: pictureType('picture_type'),
    paintedType: pictureType('painted_type'),
    thumbnailType: pictureType('thumbnail_type'),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.screenshotId, table.number] }),
    foreignKey({
      columns: [table.sessionId, table.screenshotId],
      foreignColumns: [screenshot.sessionId, screenshot.id],
    }).onDelete('cascade'),
  ],
);
