import { refused } from '#contract/errors.ts';
import { CasePdfParams, CasePdfQuery, casePdfPath } from '#contract/report/http.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { languageOfRequest } from '../../http/language.ts';
import { sendRefusal } from '../../http/serve.ts';
import { findTicket } from '../ticket/index.ts';
import { writeCase } from './case-pdf.ts';
import { mayReadCases } from './policy.ts';

/** A7: what is known of a case, on paper. For employees: to all others there is none. */
export function serveCasePdf(app: App, parts: FeatureParts): void {
  app.get(casePdfPath, async (request, reply) => {
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return sendRefusal(reply, refused('not-signed-in'));
    const params = CasePdfParams.safeParse(request.params);
    const ticket =
      mayReadCases(actor) && params.success ? await findTicket(parts.database, actor, params.data.ticketId) : null;
    if (ticket === null) return sendRefusal(reply, refused('not-found'));
    const query = CasePdfQuery.safeParse(request.query);
    if (!query.success)
      return sendRefusal(reply, refused('malformed', query.error.issues[0]?.path.join('.') ?? 'query'));
    const asks = (name: string) => typeof request.query === 'object' && request.query !== null && name in request.query;
    const { language = languageOfRequest(request), timeZone = 'UTC' } = query.data;
    const how = asks('download') ? 'attachment' : 'inline';
    return reply
      .type('application/pdf')
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `${how}; filename="ticket-${ticket.number}.pdf"`)
      .send(writeCase(parts, ticket, { language, timeZone, print: asks('print') }));
  });
}
