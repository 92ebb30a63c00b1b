import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { participant, session } from '../session/tables.ts';

const sessionId = () =>
  uuid('session_id')
    .notNull()
    .references(() => session.id);
const participantId = () =>
  uuid('participant_id')
    .notNull()
    .references(() => participant.id);

/*
 * Pages make the ids of pictures and drawings, so an id counts within its session only: whether another session has it
 * can't be found out.
 */

/** A still that is drawn on. The file is in the storage under the session and its id. */
export const picture = pgTable(
  'picture',
  {
    id: uuid().notNull(),
    sessionId: sessionId(),
    /** Who gave it. */
    participantId: participantId(),
    type: text({ enum: ['image/webp', 'image/jpeg', 'image/png'] }).notNull(),
    bytes: integer().notNull(),
    /** Of the bytes, in hex: the same picture sent again is recognised. */
    sha256: text().notNull(),
    /** Something on it was blurred away in a screenshot of it: for employees only from then on. */
    withheld: boolean().notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.id] }),
    index('picture_by_giver').on(table.sessionId, table.participantId),
  ],
);

/** Which drawings there are and whose: what decides who may take one away. What is drawn is in the session's log. */
export const drawing = pgTable(
  'drawing',
  {
    id: uuid().notNull(),
    sessionId: sessionId(),
    participantId: participantId(),
    /** `removed` can come back, `cleared` cannot. */
    state: text({ enum: ['shown', 'removed', 'cleared'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.id] }),
    index('drawing_by_session').on(table.sessionId, table.state),
  ],
);

/** The picture that everybody sees instead of the live one; at most one in a session. */
export const frozenPicture = pgTable(
  'frozen_picture',
  {
    sessionId: sessionId().primaryKey(),
    /** Whose camera it is of. */
    participantId: participantId(),
    pictureId: uuid('picture_id').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.sessionId, table.pictureId], foreignColumns: [picture.sessionId, picture.id] }),
  ],
);
