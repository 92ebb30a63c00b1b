import { limits } from '#contract/limits.ts';

const day = 86_400_000;
const later = (from: Date, days: number): Date => new Date(from.getTime() + days * day);

/** When an invitation made now stops working. */
export const invitationEnd = (now: Date): Date => later(now, limits.invitationDays);
/** When a link for a new password stops working. */
export const resetEnd = (now: Date): Date => new Date(now.getTime() + limits.resetMinutes * 60_000);
/** When a login used now is over, unless it is used again before. */
export const loginEnd = (now: Date): Date => later(now, limits.loginDays);
/** When a customer's browser used now is forgotten, unless it comes back before. */
export const deviceEnd = (now: Date): Date => later(now, limits.deviceDays);
/** From when on an address counts as one that a member signs in from. */
export const familiarSince = (now: Date): Date => later(now, -90);
