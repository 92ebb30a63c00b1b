import type { SessionEventBody } from '#contract/session/events.ts';

/** What of a session's log only employees may know, whoever else is in it: that it was hidden, and how it was rated. */
export const isForStaffOnly = (body: SessionEventBody): boolean =>
  body.kind === 'visibility-changed' || body.kind === 'session-rated';
