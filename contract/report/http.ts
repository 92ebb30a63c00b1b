/** Not JSON: a ticket's whole case with its pictures, for employees; `?language=` en or de, `?timeZone=` an IANA name. */
export const casePdfPath = '/api/tickets/:ticketId/case.pdf';
