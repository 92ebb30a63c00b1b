/** Of requests for a session (A11). */
export const requestLimits = {
  /** Times that one proposal may hold. */
  proposedTimes: 5,
  /** How far ahead a time may lie, in days. */
  aheadDays: 180,
  /** Requests of one device that may wait at the same time. */
  waitingPerDevice: 5,
  /** Requests, and direct calls, that one device can make within an hour: every employee hears of each of them. */
  perHour: 30,
  /** How long an agreed session is in a calendar, in minutes. */
  calendarMinutes: 30,
  /** Tickets of the same code that an employee sees beside a request. */
  history: 5,
} as const;
