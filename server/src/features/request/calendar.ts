import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import { calendarPath } from '#contract/request/http.ts';
import { requestLimits } from '#contract/request/limits.ts';
import { isOver } from '#core/session/lifecycle.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { sendRefusal } from '../../http/serve.ts';
import type { Audience } from '../../realtime/rooms.ts';
import { languageOf, organizationName, readPoliciesOf } from '../access/index.ts';
import { mayFindSession } from '../session/index.ts';
import { calendarWords } from './calendar-words.ts';
import { type Asked, findRequest } from './store.ts';

const MINUTE_MS = 60_000;

/** Whose calendar it is for. */
interface Reader {
  readonly language: Language;
  readonly audience: Audience;
}

/**
 * The agreed time as a calendar file; null where none was agreed. A later file of the same session replaces the entry, and one
 * of a session that will not take place removes it.
 */
export async function calendarOf(
  parts: Pick<FeatureParts, 'config' | 'clock' | 'phoneOrigin'>,
  database: Database | Transaction,
  { row, request }: Asked,
  { language, audience }: Reader,
): Promise<string | null> {
  const start = row.scheduledFor;
  if (start === null) return null;
  const words = calendarWords[language];
  const { requests } = await readPoliciesOf(database);
  const organization = await organizationName(database);
  const isOff = isOver(row.status) && row.liveSince === null;
  const link = `${parts.phoneOrigin()}/s/${row.id}${audience === 'public' ? '?as=code' : ''}`;
  const asker = row.createdBy.kind === 'system' ? '' : row.createdBy.name;
  const other = audience === 'public' ? (request.answeredBy?.name ?? organization) : asker;
  const calendar = ical({
    prodId: { company: 'Sightglass', product: 'Sightglass', language: language.toUpperCase() },
    method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  const entry = calendar.createEvent({
    id: `${row.id}@sightglass`,
    sequence: request.sequence,
    stamp: parts.clock(),
    start,
    end: new Date(start.getTime() + requestLimits.calendarMinutes * MINUTE_MS),
    summary: words.summary(row.subject),
    description: `${words.with(other)}\n${words.join(link)}`,
    location: link,
    url: link,
    organizer: { name: organization, email: parts.config.mailFrom.address },
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  if (!isOff) entry.createAlarm({ type: ICalAlarmType.display, trigger: requests.remindMinutes * 60 });
  return calendar.toString();
}

/** Hands it out to whoever may see the request; a file, so not a route of the contract's JSON kind. */
export function serveCalendar(app: App, parts: FeatureParts): void {
  app.get(calendarPath, async (request, reply) => {
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return sendRefusal(reply, refused('not-signed-in'));
    const params = request.params;
    const named = SessionId.safeParse(
      typeof params === 'object' && params !== null && 'sessionId' in params ? params.sessionId : '',
    );
    const asked = named.success ? await findRequest(parts.database, named.data) : null;
    if (asked === null || !mayFindSession(actor, asked.row)) return sendRefusal(reply, refused('not-found'));
    const audience = actor.kind === 'member' ? 'staff' : 'public';
    // A link opened by the browser says nothing of the language that its page is in.
    const whose = actor.kind === 'member' ? { memberId: actor.id } : { deviceId: actor.deviceId };
    const language = await languageOf(parts.database, whose);
    const file = await calendarOf(parts, parts.database, asked, { language, audience });
    if (file === null) return sendRefusal(reply, refused('not-found'));
    return reply
      .type('text/calendar; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="session.ics"')
      .send(file);
  });
}
