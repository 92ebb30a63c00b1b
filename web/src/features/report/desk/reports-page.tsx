import { i18n } from '@lingui/core';
import { NativeSelect } from '@mantine/core';
import type { z } from 'zod/mini';
import { type RatingFigures, readRatingReport } from '#contract/session/rating.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { ReportIcon } from '#web/desk-ui/icons.tsx';
import { Page, Section } from '#web/desk-ui/page.tsx';
import { EmptyState, FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { Smiley } from '#web/ui/smiley.tsx';
import { Distribution, meanWords, qualityWords, WhatWentWrong } from './figures.tsx';
import { chosenTime, monthWords, offeredMonths, type ReportTime } from './months.ts';
import { ReportTable } from './report-table.tsx';

interface ReportsPageProps {
  readonly time: ReportTime;
  /** Puts a time into the address bar. */
  onTime(next: ReportTime): void;
}

/** A9: how customers found the video sessions, beside what was measured of their calls. */
export function ReportsPage({ time, onTime }: ReportsPageProps) {
  const now = new Date();
  const chosen = chosenTime(time, now);
  const answer = useAnswer(readRatingReport, { query: chosen }, { keepPrevious: true });
  const months = offeredMonths(now, [chosen.from, chosen.to]).map((month) => ({
    value: month,
    label: monthWords(month),
  }));
  return (
    <Page
      title={i18n._('Reports')}
      about={i18n._('How customers found the video sessions, and how well the calls went.')}
      actions={
        <>
          <NativeSelect
            aria-label={i18n._('First month')}
            data={months}
            value={chosen.from}
            onChange={({ currentTarget: { value: from } }) => onTime({ from, to: chosen.to < from ? from : chosen.to })}
          />
          <NativeSelect
            aria-label={i18n._('Last month')}
            data={months}
            value={chosen.to}
            onChange={({ currentTarget: { value: to } }) => onTime({ from: chosen.from > to ? to : chosen.from, to })}
          />
        </>
      }
    >
      {answer.state === 'loading' ? <LoadingRows rows={5} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' ? <Report report={answer.data} /> : null}
    </Page>
  );
}

function Report({ report: { all, byExpert, byMonth } }: { report: z.output<typeof readRatingReport.reply> }) {
  if (all.sessions === 0)
    return (
      <EmptyState icon={<ReportIcon size={24} />} title={i18n._('No session ended in these months')}>
        {i18n._('After each video session the customer is asked how it was. What they say is counted here.')}
      </EmptyState>
    );
  return (
    <>
      <Summary figures={all} />
      <div className="report-charts">
        <Section title={i18n._('Ratings')}>
          {all.rated === 0 ? (
            <p className="muted">{i18n._('Nobody has rated a session in these months.')}</p>
          ) : (
            <Distribution figures={all} />
          )}
        </Section>
        <Section title={i18n._('What went wrong')}>
          <WhatWentWrong figures={all} />
        </Section>
      </div>
      <Section
        title={i18n._('Experts')}
        about={i18n._('Delay, lost packets and seconds without a moving picture per minute are medians of the calls.')}
      >
        <ReportTable
          title={i18n._('Experts')}
          heading={i18n._('Expert')}
          rows={byExpert.map(({ memberId, name, ...figures }) => ({ key: memberId, name, figures }))}
        />
      </Section>
      <Section title={i18n._('Months')}>
        <ReportTable
          title={i18n._('Months')}
          heading={i18n._('Month')}
          rows={byMonth.map(({ month, ...figures }) => ({ key: month, name: monthWords(month), figures })).toReversed()}
        />
      </Section>
    </>
  );
}

function Summary({ figures }: { figures: RatingFigures }) {
  const { roundTrip, loss, frozen } = qualityWords(figures);
  const { meanStars, rated, sessions } = figures;
  return (
    <dl className="summary">
      <Figure name={i18n._('Rating')}>
        {meanStars === null ? (
          '–'
        ) : (
          <>
            <Smiley stars={meanStars} size={30} />
            {i18n._('{stars} of 5', { stars: meanWords(meanStars) })}
          </>
        )}
      </Figure>
      <Figure name={i18n._('Sessions rated')}>{i18n._('{rated} of {sessions}', { rated, sessions })}</Figure>
      <Figure name={i18n._('Delay')}>{roundTrip ?? '–'}</Figure>
      <Figure name={i18n._('Lost packets')}>{loss ?? '–'}</Figure>
      <Figure name={i18n._('Stood still, per minute')}>{frozen ?? '–'}</Figure>
    </dl>
  );
}

function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
