import { SessionRequest } from '#contract/request/http.ts';

/* Made-up requests for the tests of this folder. */
export const sessionId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7b01';
export const codeId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7b02';
const memberId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7b03';
export const nora = { id: memberId, name: 'Nora Lind' };
export const now = new Date(2026, 10, 20, 10, 0);
/** So many hours from then on. */
export const hours = (count: number) => new Date(now.getTime() + count * 3_600_000).toISOString();

/** A request as the server describes it; it waits for an answer unless `more` says otherwise. */
export const request = (more: Record<string, unknown> = {}): SessionRequest =>
  SessionRequest.parse({
    sessionId,
    origin: 'request',
    status: 'requested',
    subject: 'Pump is leaking',
    words: 'Below the flange',
    wishedAt: null,
    askedBy: 'Rafael',
    askedAt: hours(-1),
    code: { id: codeId, name: 'Press 7' },
    ticket: null,
    proposal: null,
    scheduledFor: null,
    answeredBy: null,
    reason: '',
    expiresAt: hours(72),
    hasAddress: false,
    ...more,
  });

/** Times that somebody has proposed. */
export const proposal = (by: 'expert' | 'codeUser', ...times: string[]) => ({
  by,
  name: by === 'expert' ? 'Nora Lind' : 'Rafael',
  times,
  words: '',
  at: hours(0),
});
