import * as z from 'zod/mini';
import { TimeZone } from '../access/policies.ts';
import { TicketId } from '../ids.ts';
import { Language } from '../language.ts';

/**
 * Not JSON: a ticket's whole case with its pictures, for employees; `?language=` en or de, `?timeZone=` an IANA name.
 * `?download` names it for saving, `?print` has the viewer print it once it is open.
 */
export const casePdfPath = '/api/tickets/:ticketId/case.pdf';
export const CasePdfParams = z.object({ ticketId: TicketId });
export const CasePdfQuery = z.object({ language: z.optional(Language), timeZone: z.optional(TimeZone) });
