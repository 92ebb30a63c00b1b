import type { SessionRequest } from '#contract/request/http.ts';
import type { SessionRow } from '../session/index.ts';
import type { RequestRow } from './store.ts';

/** As everybody sees it who may see its session. A direct call that rings is one without words, wish and answer. */
export function presentRequest(row: SessionRow, request: RequestRow | null): SessionRequest {
  return {
    sessionId: row.id,
    origin: row.origin,
    status: row.status,
    subject: row.subject,
    words: request?.words ?? '',
    wishedAt: request?.wishedAt?.toISOString() ?? null,
    askedBy: row.createdBy.kind === 'system' ? 'Sightglass' : row.createdBy.name,
    askedAt: row.createdAt.toISOString(),
    code: row.code === null ? null : { id: row.code.id, name: row.code.name },
    ticket: row.ticket,
    proposal: request?.proposal ?? null,
    scheduledFor: row.scheduledFor?.toISOString() ?? null,
    answeredBy: request?.answeredBy ?? null,
    reason: request?.reason ?? '',
    expiresAt: request?.expiresAt?.toISOString() ?? null,
    hasAddress: (request?.email ?? null) !== null,
  };
}
