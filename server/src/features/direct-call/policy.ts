import type { CodeId, DeviceId } from '#contract/ids.ts';
import { type Actor, isStaff, usesCode } from '#core/access/actor.ts';
import { maySeeSession, type SessionRow } from '../session/index.ts';

/** Who may do what with direct calls. Everything that is not named here is refused. */

/** Ask whether a call is possible, and call: the users of the code. */
export const mayCall = (actor: Actor, codeId: CodeId) => usesCode(actor, codeId);

/** Hang up, and read what became of it: the device that calls, while it uses the code and may see the session. */
export const isCaller = (
  actor: Actor,
  call: { readonly deviceId: DeviceId; readonly codeId: CodeId },
  session: SessionRow,
): boolean => usesCode(actor, call.codeId) && actor.deviceId === call.deviceId && maySeeSession(actor, session);

/** Hear it ring, answer, decline, say whether one is available. */
export const mayAnswer = isStaff;
