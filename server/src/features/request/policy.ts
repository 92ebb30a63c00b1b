import { isStaff, usesCode } from '#core/access/actor.ts';

/** Who may do what with requests. Everything that is not named here is refused. Whoever may see its session sees a request. */

/** Ask for a session, and list what was asked for at a code: its users. */
export const mayAsk = usesCode;

/** Accept and decline, and see the inbox. */
export const mayAnswer = isStaff;
