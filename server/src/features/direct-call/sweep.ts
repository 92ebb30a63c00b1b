import { eq } from 'drizzle-orm';
import { directCallLimits as limits } from '#contract/direct-call/limits.ts';
import { accepted, refused } from '#contract/errors.ts';
import { ParticipantId, type SessionId } from '#contract/ids.ts';
import { openingAt } from '#core/direct-call/office-hours.ts';
import { transact } from '../../database/transact.ts';
import { codeUsersOf, desks } from '../../realtime/rooms.ts';
import { code, readPoliciesOf } from '../access/index.ts';
import { findSession } from '../session/index.ts';
import { type MemberAvailability, readAvailability } from './availability.ts';
import type { DirectCallParts } from './direct-call-parts.ts';
import { hangUp, missCall } from './over.ts';
import { ringAt } from './start.ts';
import { type CallRow, findCall, findCallerPlace, findRinging, findRings } from './store.ts';

const SWEEP_MS = 1_000;

/**
 * Looks every second: at calls whose time is over, callers who are gone, employees who have become available meanwhile, and at
 * what the pages show of all that. What rings is in the database, so a server that was away carries on.
 */
export function keepWatch(parts: DirectCallParts): { look(): void } {
  const goneSince = new Map<SessionId, number>();
  const shown = { availability: '', contact: '' };
  let isLooking = false;
  const look = (): void => {
    if (isLooking) return;
    isLooking = true;
    lookOnce(parts, goneSince, shown)
      .catch((error: unknown) => {
        if (!parts.signal.aborted) parts.log.warn({ err: error }, 'calls could not be watched');
      })
      .finally(() => {
        isLooking = false;
      });
  };
  const sweep = setInterval(look, SWEEP_MS);
  parts.signal.addEventListener('abort', () => clearInterval(sweep), { once: true });
  return { look };
}

interface Shown {
  availability: string;
  contact: string;
}

async function lookOnce(parts: DirectCallParts, goneSince: Map<SessionId, number>, shown: Shown): Promise<void> {
  const members = await readAvailability(parts, parts.database);
  await tellAvailability(parts, members, shown);
  const ringing = await findRinging(parts.database);
  for (const sessionId of goneSince.keys())
    if (!ringing.some((call) => call.sessionId === sessionId)) goneSince.delete(sessionId);
  // One that fails keeps no other from being looked at.
  for (const call of ringing)
    await lookAt(parts, call, members, goneSince).catch((error: unknown) =>
      parts.log.warn({ err: error, sessionId: call.sessionId }, 'a call could not be watched'),
    );
}

async function lookAt(
  parts: DirectCallParts,
  call: CallRow,
  members: readonly MemberAvailability[],
  goneSince: Map<SessionId, number>,
): Promise<void> {
  const { sessionId } = call;
  const now = parts.clock().getTime();
  if (now >= call.ringsUntil.getTime()) {
    await transact(parts, async (change) => {
      const row = await findSession(change.sql, sessionId, true);
      const still = row === null ? null : await findCall(change.sql, sessionId);
      if (row === null || still === null || !still.isRinging) return refused('not-in-this-state');
      return missCall(change, row, still);
    });
    return;
  }
  const place = await findCallerPlace(parts.database, call);
  const isHere = place !== null && parts.sessions.isAttached(ParticipantId.parse(place));
  const since = isHere ? now : (goneSince.get(sessionId) ?? now);
  goneSince.set(sessionId, since);
  if (now - since >= limits.callerGraceMs) {
    await transact(parts, (change) => hangUp(change, sessionId, 'gone'));
    return;
  }
  const rung = new Set((await findRings(parts.database, sessionId)).map(({ memberId }) => memberId));
  const more = members.filter(({ id, availability }) => availability === 'available' && !rung.has(id));
  if (more.length === 0) return;
  await transact(parts, async (change) => {
    // Answered or over meanwhile: it must not begin to ring.
    const row = await findSession(change.sql, sessionId, true);
    if (row?.status !== 'requested') return refused('not-in-this-state');
    await ringAt(
      change,
      sessionId,
      more.map(({ id }) => id),
    );
    return accepted(null);
  });
}

/** Desks show who is available, customers whether they can call. */
async function tellAvailability(
  parts: DirectCallParts,
  members: readonly MemberAvailability[],
  shown: Shown,
): Promise<void> {
  const availability = JSON.stringify(members);
  if (availability !== shown.availability) parts.tell({ to: [desks], name: 'availability-changed', what: {} });
  shown.availability = availability;
  const { directCall, officeHours } = await readPoliciesOf(parts.database);
  const isSomebodyThere = members.some((member) => member.availability === 'available');
  const contact = `${directCall.enabled} ${openingAt(officeHours, parts.clock()).isOpen} ${isSomebodyThere}`;
  if (contact === shown.contact) return;
  shown.contact = contact;
  const codes = await parts.database.select({ id: code.id }).from(code).where(eq(code.directCall, true));
  parts.tell({ to: codes.map(({ id }) => codeUsersOf(id)), name: 'availability-changed', what: {} });
}
