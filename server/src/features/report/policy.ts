import { isStaff } from '#core/access/actor.ts';

/** Who may do what with reports. Everything that is not named here is refused. */

/** Read how sessions were rated. */
export const mayReadReports = isStaff;

/** Read a ticket's whole case, with what is for employees only. */
export const mayReadCases = isStaff;
