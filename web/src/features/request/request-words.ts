import { i18n } from '@lingui/core';
import type { SessionRequest } from '#contract/request/http.ts';
import { meetingWords } from '#web/ui/time-words.ts';
import { type Until, untilOf } from './times.ts';

/** Where a request stands, as the one who asked reads it. `tone` says how much it wants to be seen. */
export interface Standing {
  readonly tone: 'waiting' | 'yours' | 'agreed' | 'over';
  readonly title: string;
  /** What it means or what to do; may be empty. */
  readonly text: string;
}

/** Where the request stands, in words for its asker. */
export function standingOf(request: SessionRequest, now: Date): Standing {
  const name = request.answeredBy?.name ?? i18n._('The service team');
  switch (request.status) {
    case 'requested':
      return waitingOf(request, now);
    case 'scheduled':
      return { tone: 'agreed', title: plannedWords(request, now), text: startWords(request, now) };
    case 'accepted':
    case 'waiting':
    case 'live':
      return {
        tone: 'yours',
        title: i18n._('{name} is ready for you', { name }),
        text: i18n._('The video session is open. You can join now.'),
      };
    case 'declined':
      return {
        tone: 'over',
        title: i18n._('{name} can’t take this request', { name }),
        text: i18n._('You can ask again, or write to the service team.'),
      };
    case 'expired':
      return {
        tone: 'over',
        title: i18n._('Nobody could answer in time'),
        text: i18n._('We are sorry. Ask again with another time, or write to the service team.'),
      };
    case 'missed':
      return {
        tone: 'over',
        title: i18n._('The session did not take place'),
        text: i18n._('Ask for another time, or write to the service team.'),
      };
    case 'cancelled':
      return {
        tone: 'over',
        // Before a time was agreed there was nothing but the request.
        title:
          request.scheduledFor === null ? i18n._('The request was taken back') : i18n._('The session was cancelled'),
        text: '',
      };
    case 'ended':
    case 'rated':
      return { tone: 'over', title: i18n._('The session has ended'), text: '' };
  }
}

/** Another time for what is planned already, proposed by either side; null where none waits for a choice. */
export function changeWords({ status, proposal }: SessionRequest, now: Date): string | null {
  if (status !== 'scheduled' || proposal === null) return null;
  const times = timesWords(proposal.times, now);
  return i18n._('{name} would like another time: {times}', { name: proposal.name, times });
}

function waitingOf({ proposal, expiresAt }: SessionRequest, now: Date): Standing {
  const until =
    expiresAt === null
      ? ''
      : i18n._('You get an answer by {time} at the latest.', { time: meetingWords(expiresAt, now) });
  if (proposal === null) return { tone: 'waiting', title: i18n._('Waiting for an answer'), text: until };
  if (proposal.by === 'codeUser')
    return {
      tone: 'waiting',
      title: i18n._('You proposed {times}', { times: timesWords(proposal.times, now) }),
      text: until,
    };
  return {
    tone: 'yours',
    title:
      proposal.times.length === 1
        ? i18n._('{name} proposes a time. Does it suit you?', { name: proposal.name })
        : i18n._('{name} proposes {count} times. Which one suits you?', {
            name: proposal.name,
            count: proposal.times.length,
          }),
    text: expiresAt === null ? '' : i18n._('Please choose by {time}.', { time: meetingWords(expiresAt, now) }),
  };
}

function plannedWords({ scheduledFor }: SessionRequest, now: Date): string {
  if (scheduledFor === null) return i18n._('The session is planned');
  return i18n._('Planned: {time}', { time: meetingWords(scheduledFor, now) });
}

function startWords({ scheduledFor, answeredBy }: SessionRequest, now: Date): string {
  const starts = scheduledFor === null ? '' : countdownWords(Date.parse(scheduledFor) - now.getTime());
  return answeredBy === null ? starts : i18n._('{starts}, with {name}.', { starts, name: answeredBy.name });
}

/** Who of the service team will be there. */
export const withWords = ({ answeredBy }: SessionRequest): string =>
  answeredBy === null ? '' : i18n._('With {name}.', { name: answeredBy.name });

/** How long until it begins. */
export function countdownWords(ms: number): string {
  const until = untilOf(ms);
  if (until.unit === 'now') return i18n._('It begins now');
  return i18n._('It begins in {span}', { span: spanWords(until) });
}

/** How long something has been waiting. */
export function waitedWords(ms: number): string {
  const waited = untilOf(Math.max(0, ms - 59_999));
  return waited.unit === 'now' ? i18n._('less than a minute') : spanWords(waited);
}

function spanWords(span: Exclude<Until, { unit: 'now' }>): string {
  switch (span.unit) {
    case 'minutes':
      return i18n._('{minutes} min', { minutes: span.minutes });
    case 'hours':
      return span.minutes === 0
        ? i18n._('{hours} h', { hours: span.hours })
        : i18n._('{hours} h {minutes} min', { hours: span.hours, minutes: span.minutes });
    case 'days':
      return i18n._('{days} days', { days: span.days });
  }
}

/** Several times as one text. */
export const timesWords = (times: readonly string[], now: Date): string =>
  times.map((at) => meetingWords(at, now)).join(' · ');

/** When the asker wished for. */
export const wishWords = (wishedAt: string | null, now: Date): string =>
  wishedAt === null ? i18n._('As soon as possible') : meetingWords(wishedAt, now);
