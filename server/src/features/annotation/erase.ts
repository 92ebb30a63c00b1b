import { eq } from 'drizzle-orm';
import type { Change } from '../../database/transact.ts';
import type { SessionRow } from '../session/index.ts';
import { drawing, frozenPicture, picture } from './tables.ts';

/** Takes away what is known of a session's drawings and pictures, when the whole session is erased. */
export async function eraseRows({ sql }: Change, { id }: Pick<SessionRow, 'id'>): Promise<void> {
  await sql.delete(frozenPicture).where(eq(frozenPicture.sessionId, id));
  await sql.delete(drawing).where(eq(drawing.sessionId, id));
  await sql.delete(picture).where(eq(picture.sessionId, id));
}
