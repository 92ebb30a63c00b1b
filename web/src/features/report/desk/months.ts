import { regionTag } from '#web/i18n.ts';

/** The time of a report as it stands in the address bar: months as YYYY-MM, the first and the last one. */
export interface ReportTime {
  readonly from?: string;
  readonly to?: string;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const monthIn = (raw: unknown): string | null => (typeof raw === 'string' && MONTH.test(raw) ? raw : null);

/** Reads the address bar; what makes no sense there is left out. */
export function parseReportTime(raw: Readonly<Record<string, unknown>>): ReportTime {
  const [from, to] = [monthIn(raw['from']), monthIn(raw['to'])];
  if (from !== null && to !== null && to < from) return {};
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

/** The month of an instant, in UTC as the server counts it; `before` so many months earlier. */
export function monthOf(at: Date, before = 0): string {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - before, 1)).toISOString().slice(0, 7);
}

const SHOWN_AT_FIRST = 12;
const OFFERED = 36;

/** What the report shows: the last year, unless the address says otherwise. */
export function chosenTime({ from, to }: ReportTime, now: Date): Required<ReportTime> {
  const end = to ?? monthOf(now);
  const begin = from ?? monthOf(new Date(`${end}-01T00:00:00Z`), SHOWN_AT_FIRST - 1);
  return { from: begin, to: end < begin ? begin : end };
}

/** The months to choose from, newest first; what is chosen is always among them. */
export function offeredMonths(now: Date, chosen: readonly string[]): string[] {
  const last = Array.from({ length: OFFERED }, (_, before) => monthOf(now, before));
  return [...new Set([...last, ...chosen])].sort().reverse();
}

/** November 2026. */
export function monthWords(month: string, locale = regionTag()): string {
  const formatter = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return formatter.format(new Date(`${month}-01T00:00:00Z`));
}
