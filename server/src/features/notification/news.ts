import * as z from 'zod/mini';
import { SessionId, TicketId } from '#contract/ids.ts';
import { Person } from '#contract/person.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { Instant } from '#contract/text.ts';
import { Happening, happeningOf } from '#core/notification/happening.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Sessions } from '../session/index.ts';
import type { Tickets } from '../ticket/index.ts';

/** Something that people may be told of, as it waits for that. */
export const News = z.object({
  happening: Happening,
  thing: z.union([z.object({ session: SessionId }), z.object({ ticket: TicketId })]),
  by: Person,
  /** What they said; may be empty. */
  words: z.string(),
  times: z.array(Instant),
  at: Instant,
});
export type News = z.infer<typeof News>;

/** How much of a message is told elsewhere. */
const EXCERPT = 200;

/** Never half of a character that takes two units, which the database would refuse. */
const excerptOf = (text: string): string =>
  text.length > EXCERPT ? `${text.slice(0, EXCERPT - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;

const saidIn = ({ body }: SessionEvent): Pick<News, 'words' | 'times'> => {
  switch (body.kind) {
    case 'session-requested':
      return { words: body.words, times: body.wishedAt === null ? [] : [body.wishedAt] };
    case 'times-proposed':
      return { words: body.words, times: body.times };
    case 'time-agreed':
    case 'time-near':
      return { words: '', times: [body.at] };
    case 'status-changed':
      return { words: body.reason ?? '', times: [] };
    default:
      return { words: '', times: [] };
  }
};

/** Hears what is logged, and leaves it for a job, in the same change: what is not committed is not told. */
export function gatherNews(jobs: Jobs, sessions: Pick<Sessions, 'onLogged'>, tickets: Pick<Tickets, 'onLogged'>): void {
  const kinds = ['session-requested', 'times-proposed', 'time-agreed', 'time-near', 'status-changed'] as const;
  sessions.onLogged(kinds, async (change, row, event) => {
    const happening = happeningOf(row.origin, event.author.kind, event.body);
    if (happening === null) return;
    const thing = { session: row.id };
    const news: News = { happening, thing, by: event.author, ...saidIn(event), at: event.at };
    await jobs.send('notify', news, { change });
  });
  tickets.onLogged(['message-said'], async (change, ticket, event) => {
    if (event.author.kind === 'system') return;
    const news: News = {
      happening: event.author.kind === 'member' ? 'message-of-staff' : 'message-of-customer',
      thing: { ticket: ticket.id },
      by: event.author,
      words: excerptOf(event.body.text),
      times: [],
      at: event.at,
    };
    await jobs.send('notify', news, { change });
  });
}
