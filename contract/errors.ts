/**
 * The one table of expected refusals. `status` is the HTTP status; `retry` says whether the same request may
 * succeed later without being changed. The words a person reads are chosen where they are shown.
 */
export const errors = {
  malformed: { status: 400, retry: false },
  'not-signed-in': { status: 401, retry: false },
  'wrong-credentials': { status: 401, retry: false },
  'not-allowed': { status: 403, retry: false },
  'not-found': { status: 404, retry: false },
  'email-taken': { status: 409, retry: false },
  'already-set-up': { status: 409, retry: false },
  'last-admin': { status: 409, retry: false },
  'not-in-this-state': { status: 409, retry: false },
  'in-another-tab': { status: 409, retry: false },
  'session-full': { status: 409, retry: true },
  'not-joined': { status: 409, retry: false },
  'request-id-reused': { status: 409, retry: false },
  'too-large': { status: 413, retry: false },
  'wrong-content-type': { status: 415, retry: false },
  'too-many': { status: 429, retry: true },
  failed: { status: 500, retry: true },
  unavailable: { status: 503, retry: true },
} as const;

export type ErrorCode = keyof typeof errors;

/** An expected refusal is a value. `field` names the offending part of the request, as a dotted path. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly field?: string;
  /** Seconds until it is worth trying again; only with `too-many`. */
  readonly retryAfterSeconds?: number;
  /** Found in the server's log; only with `failed`. */
  readonly reference?: string;
}

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

export type Outcome<T> = Accepted<T> | Refusal;

/** Wraps what was asked for. */
export const accepted = <T>(value: T): Accepted<T> => ({ ok: true, value });

/** Refuses with a code of the table. */
export const refused = (code: ErrorCode, field?: string): Refusal =>
  field === undefined ? { ok: false, code } : { ok: false, code, field };
