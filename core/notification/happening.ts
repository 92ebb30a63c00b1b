import * as z from 'zod/mini';
import type { NotificationKind } from '#contract/notification/http.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEventBody, SessionOrigin } from '#contract/session/events.ts';

/** What people are told of. */
export const Happening = z.enum([
  'asked',
  'accepted',
  'times-for-asker',
  'times-for-staff',
  'agreed-by-staff',
  'agreed-by-asker',
  'declined',
  'called-off',
  'withdrawn',
  'expired',
  'not-held',
  'near',
  'missed-call',
  'message-of-staff',
  'message-of-customer',
]);
export type Happening = z.infer<typeof Happening>;

/** Employees: everybody, whoever has it, or everybody while nobody has. */
type Staff = { readonly who: 'all' | 'holder' | 'holder-or-all'; readonly kind: NotificationKind };
/** Customers: by all ways that they chose, or by mail alone, as a confirmation of what they did themselves. */
type Customer = { readonly kind: NotificationKind; readonly onlyMail?: true };

/** Who hears of what, as what kind; whoever acts is left out of the employees. */
export const told: Readonly<Record<Happening, { readonly staff?: Staff; readonly customer?: Customer }>> = {
  asked: { staff: { who: 'all', kind: 'request' } },
  accepted: { customer: { kind: 'answer' } },
  'times-for-asker': { customer: { kind: 'answer' } },
  'times-for-staff': { staff: { who: 'holder-or-all', kind: 'request' } },
  'agreed-by-staff': { customer: { kind: 'answer' } },
  'agreed-by-asker': { staff: { who: 'holder-or-all', kind: 'request' }, customer: { kind: 'answer', onlyMail: true } },
  declined: { customer: { kind: 'answer' } },
  'called-off': { customer: { kind: 'answer' } },
  withdrawn: { staff: { who: 'holder', kind: 'request' } },
  expired: { staff: { who: 'holder-or-all', kind: 'request' }, customer: { kind: 'answer' } },
  'not-held': { staff: { who: 'holder-or-all', kind: 'missed-call' }, customer: { kind: 'answer' } },
  near: { staff: { who: 'holder-or-all', kind: 'reminder' }, customer: { kind: 'reminder' } },
  'missed-call': { staff: { who: 'all', kind: 'missed-call' } },
  'message-of-staff': { customer: { kind: 'message' } },
  'message-of-customer': { staff: { who: 'holder-or-all', kind: 'message' } },
};

/** What an event of a session's log is to those who are told; null where it is nothing to tell. */
export function happeningOf(origin: SessionOrigin, by: Person['kind'], body: SessionEventBody): Happening | null {
  // One that was answered first was no missed call, whatever became of it.
  if (origin === 'direct call')
    return body.kind === 'status-changed' && body.from === 'requested' && body.to === 'missed' ? 'missed-call' : null;
  if (origin !== 'request') return null;
  const byStaff = by === 'member';
  switch (body.kind) {
    case 'session-requested':
      return 'asked';
    case 'times-proposed':
      return byStaff ? 'times-for-asker' : 'times-for-staff';
    case 'time-agreed':
      return byStaff ? 'agreed-by-staff' : 'agreed-by-asker';
    case 'time-near':
      return 'near';
    case 'status-changed':
      return statusOf(body.to, byStaff);
    default:
      return null;
  }
}

function statusOf(to: Extract<SessionEventBody, { kind: 'status-changed' }>['to'], byStaff: boolean): Happening | null {
  switch (to) {
    case 'accepted':
      return 'accepted';
    case 'declined':
      return 'declined';
    case 'cancelled':
      return byStaff ? 'called-off' : 'withdrawn';
    case 'expired':
      return 'expired';
    case 'missed':
      return 'not-held';
    default:
      return null;
  }
}
