import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import type { Sessions } from '../session/index.ts';
import type { Tickets } from '../ticket/index.ts';
import { serveCalendar } from './calendar.ts';
import { followSessions } from './follow-session.ts';
import { serveRequests } from './routes.ts';
import { keepTime } from './sweep.ts';

export { calendarOf } from './calendar.ts';
/** A11: sessions that customers ask for, how a time is found for them, and what waits at the desk. */
export { createRequestFor } from './create.ts';
export { contactOf, findRequest } from './store.ts';

/** Registers the routes, and follows what happens to the sessions that were asked for. */
export function registerRequests(
  app: App,
  parts: FeatureParts,
  sessions: Pick<Sessions, 'onLogged' | 'onErase'>,
  tickets: Pick<Tickets, 'onLogged'>,
): void {
  followSessions(sessions, tickets);
  serveRequests(app, parts);
  serveCalendar(app, parts);
  keepTime(parts);
}
