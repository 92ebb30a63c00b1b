import { sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { MemberId } from '#contract/ids.ts';
import type { RatingFigures } from '#contract/session/rating.ts';
import type { Database } from '../../database/pool.ts';
import { callQuality } from '../call/index.ts';
import { participant, rating, session } from '../session/index.ts';

/** What a line of the report is about. `key` is a month (YYYY-MM) or a member's id. */
const About = z.object({ kind: z.enum(['all', 'month', 'expert']), key: z.string(), name: z.string() });
const Count = z.coerce.number();
const RatedLine = z.object({
  ...About.shape,
  sessions: Count,
  rated: Count,
  mean: z.nullable(z.coerce.number()),
  one: Count,
  two: Count,
  three: Count,
  four: Count,
  five: Count,
  picture: Count,
  sound: Count,
  waiting: Count,
  help: Count,
});
const MeasuredLine = z.object({
  ...About.shape,
  calls: Count,
  roundTripMs: z.number(),
  lossShare: z.number(),
  frozenPerMinute: z.number(),
});

/** A line of the report with its figures. */
export interface ReportLine extends z.output<typeof About> {
  readonly figures: RatingFigures;
}

/**
 * Sessions that took place, ended in this time and are not erased, once for each line that they count in: in all, for
 * their month, for each expert who was in them.
 */
const lines = (from: Date, before: Date) => sql`
  with ended as (
    select id, to_char(ended_at at time zone 'UTC', 'YYYY-MM') as month
    from ${session}
    where status in ('ended', 'rated') and erased_at is null
      and ended_at >= ${from.toISOString()}::timestamptz and ended_at < ${before.toISOString()}::timestamptz
  ), line as (
    select 'all' as kind, '' as key, '' as name, id from ended
    union all
    select 'month', month, '', id from ended
    union all
    select 'expert', member.id::text, member.name, ended.id
    from ended
    join ${participant} on participant.session_id = ended.id and participant.state <> 'outside'
    join member on member.id = participant.member_id
  )`;

/** The figures of all lines that have sessions; months in their order, experts with the most sessions first. */
export async function readReport(database: Database, from: Date, before: Date): Promise<ReportLine[]> {
  const rated = await database.execute(sql`
    ${lines(from, before)}
    select kind, key, name,
      count(distinct line.id) as sessions,
      count(distinct rating.session_id) as rated,
      avg(stars) as mean,
      count(*) filter (where stars = 1) as one,
      count(*) filter (where stars = 2) as two,
      count(*) filter (where stars = 3) as three,
      count(*) filter (where stars = 4) as four,
      count(*) filter (where stars = 5) as five,
      count(*) filter (where 'picture' = any(went_wrong)) as picture,
      count(*) filter (where 'sound' = any(went_wrong)) as sound,
      count(*) filter (where 'waiting' = any(went_wrong)) as waiting,
      count(*) filter (where 'help' = any(went_wrong)) as help
    from line left join ${rating} on rating.session_id = line.id
    group by kind, key, name
    order by kind, case when kind = 'month' then key end, sessions desc, name, key`);
  const measured = await database.execute(sql`
    ${lines(from, before)}
    select kind, key, name,
      count(*) as calls,
      percentile_cont(0.5) within group (order by round_trip_ms) as "roundTripMs",
      percentile_cont(0.5) within group (order by loss_share) as "lossShare",
      percentile_cont(0.5) within group (order by frozen_seconds * 60 / seconds) as "frozenPerMinute"
    from line join ${callQuality} on call_quality.session_id = line.id
    group by kind, key, name`);
  const measures = z.array(MeasuredLine).parse(measured.rows);
  return z
    .array(RatedLine)
    .parse(rated.rows)
    .map(({ kind, key, name, ...counts }) => ({
      kind,
      key,
      name,
      figures: figuresOf(
        counts,
        measures.find((one) => one.kind === kind && one.key === key),
      ),
    }));
}

type Counts = Omit<z.output<typeof RatedLine>, keyof z.output<typeof About>>;

const figuresOf = (counts: Counts, measured: z.output<typeof MeasuredLine> | undefined): RatingFigures => ({
  sessions: counts.sessions,
  rated: counts.rated,
  meanStars: counts.mean,
  distribution: [counts.one, counts.two, counts.three, counts.four, counts.five],
  wentWrong: { picture: counts.picture, sound: counts.sound, waiting: counts.waiting, help: counts.help },
  quality:
    measured === undefined
      ? null
      : {
          calls: measured.calls,
          roundTripMs: measured.roundTripMs,
          lossShare: measured.lossShare,
          frozenPerMinute: measured.frozenPerMinute,
        },
});

/** Of a time in which no session ended. */
export const noFigures: RatingFigures = {
  sessions: 0,
  rated: 0,
  meanStars: null,
  distribution: [0, 0, 0, 0, 0],
  wentWrong: { picture: 0, sound: 0, waiting: 0, help: 0 },
  quality: null,
};

/** The member that a line is about. */
export const memberOf = ({ key }: ReportLine) => MemberId.parse(key);
