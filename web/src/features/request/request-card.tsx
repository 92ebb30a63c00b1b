import { i18n } from '@lingui/core';
import { type ReactNode, useState } from 'react';
import { calendarPath, type SessionRequest } from '#contract/request/http.ts';
import { isAhead, mayComeIn } from '#core/session/lifecycle.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { IconCheck, IconVideo } from '#web/ui/icons.tsx';
import { meetingWords } from '#web/ui/time-words.ts';
import { ProposeDialog, Trouble, WithdrawDialog } from './answer-dialogs.tsx';
import type { Deed, RequestDeeds } from './deeds.ts';
import { IconCalendar } from './icons.tsx';
import * as css from './request.module.css';
import { changeWords, standingOf, wishWords, withWords } from './request-words.ts';
import { useNow } from './use-now.ts';

interface RequestCardProps {
  readonly request: SessionRequest;
  readonly deeds: RequestDeeds;
  /** A newer description of it. */
  readonly onChanged: (request: SessionRequest) => void;
  /** Where to ask again; a card without it does not offer it. */
  readonly againHref?: string;
  /** What stands at its end while it is over: hiding it, for example. */
  readonly whenOver?: ReactNode;
  /** Subject, countdown and the way in stand elsewhere on the page. */
  readonly plain?: boolean;
}

const TICK_MS = 10_000;

/** A11: a request as its asker sees it: where it stands, in words, and what can be done now. */
export function RequestCard({ request, deeds, onChanged, againHref, whenOver, plain }: RequestCardProps) {
  const now = useNow(TICK_MS);
  const { busy, trouble } = useStore(deeds.state);
  const [open, setOpen] = useState<OpenDialog>(null);
  const standing = standingOf(request, new Date(now));
  const isOver = standing.tone === 'over';
  const text = plain === true && request.status === 'scheduled' ? withWords(request) : standing.text;
  const run = async (deed: Deed) => {
    const done = await deeds.run(request.sessionId, deed);
    if (done === null) return;
    setOpen(null);
    onChanged(done.request);
  };
  const choices = choicesOf(request);
  return (
    <article className={css.card} data-tone={standing.tone} aria-label={request.subject}>
      {plain === true ? null : (
        <p className={css.about}>
          <IconVideo size={20} />
          <span>{i18n._('Video session: {subject}', { subject: request.subject })}</span>
        </p>
      )}
      <div role="status" className={css.standing}>
        <h2>{standing.title}</h2>
        {text === '' ? null : <p>{text}</p>}
        <Change request={request} now={now} />
      </div>
      <Quote text={choices?.words ?? (isOver ? request.reason : '')} />
      {choices === null ? (
        <Wish request={request} now={now} />
      ) : (
        <div className={css.times}>
          {choices.times.map((at) => (
            <TimeButton
              key={at}
              at={at}
              now={now}
              busy={busy?.kind === 'agree' && busy.at === at}
              onClick={() => void run({ kind: 'agree', at })}
            />
          ))}
        </div>
      )}
      {plain !== true && isJoinable(request, now) ? (
        <ButtonLink kind="primary" href={`/s/${request.sessionId}?as=code`} icon={<IconVideo size={22} />} wide>
          {i18n._('Join')}
        </ButtonLink>
      ) : null}
      {open === null ? <Trouble text={trouble} /> : null}
      {isOver ? (
        <div className={css.deeds}>
          {againHref === undefined ? null : (
            <ButtonLink kind="primary" href={againHref} icon={<IconVideo size={20} />}>
              {i18n._('Ask again')}
            </ButtonLink>
          )}
          {whenOver}
        </div>
      ) : (
        <CardDeeds request={request} deeds={deeds} open={open} setOpen={setOpen} run={(deed) => void run(deed)} />
      )}
    </article>
  );
}

/** What is planned already, and one side would rather have at another time. */
function Change({ request, now }: { readonly request: SessionRequest; readonly now: number }) {
  const words = changeWords(request, new Date(now));
  return words === null ? null : <p>{words}</p>;
}

type OpenDialog = 'other' | 'withdraw' | null;

/** The times among which the asker has to choose now. */
const choicesOf = ({ status, proposal }: SessionRequest) =>
  isAhead(status) && proposal?.by === 'expert' ? proposal : null;

function Wish({ request, now }: { readonly request: SessionRequest; readonly now: number }) {
  if (request.status !== 'requested') return null;
  return (
    <p className={css.soft}>{i18n._('Your wish: {wish}', { wish: wishWords(request.wishedAt, new Date(now)) })}</p>
  );
}

interface CardDeedsProps {
  readonly request: SessionRequest;
  readonly deeds: RequestDeeds;
  readonly open: OpenDialog;
  readonly setOpen: (open: OpenDialog) => void;
  readonly run: (deed: Deed) => void;
}

/** What can be done about it while it is not over, besides picking a time and joining. */
function CardDeeds({ request, deeds, open, setOpen, run }: CardDeedsProps) {
  const planned = request.status === 'scheduled';
  const close = () => {
    deeds.forget();
    setOpen(null);
  };
  if (!planned && request.status !== 'requested') return null;
  return (
    <div className={css.deeds}>
      {planned ? <CalendarLink request={request} as="code" /> : null}
      {planned || choicesOf(request) !== null ? (
        <Button onClick={() => setOpen('other')}>{i18n._('Other time')}</Button>
      ) : null}
      <Button onClick={() => setOpen('withdraw')}>
        {planned ? i18n._('Cancel the session') : i18n._('Take it back')}
      </Button>
      {open === 'other' ? (
        <ProposeDialog
          side="codeUser"
          state={deeds.state}
          onClose={close}
          onPropose={(times, words) => run({ kind: 'propose', times, words })}
        />
      ) : null}
      {open === 'withdraw' ? (
        <WithdrawDialog
          planned={planned}
          state={deeds.state}
          onClose={close}
          onWithdraw={() => run({ kind: 'withdraw' })}
        />
      ) : null}
    </div>
  );
}

/** The same in one line, where there is no room for its deeds: they are a click away. */
export function RequestBar({ request }: { readonly request: SessionRequest }) {
  const now = useNow(TICK_MS);
  const standing = standingOf(request, new Date(now));
  return (
    <div className={css.bar} data-tone={standing.tone}>
      <IconVideo size={22} />
      <strong role="status">{standing.title}</strong>
      <ButtonLink kind={standing.tone === 'yours' ? 'primary' : 'plain'} href={`/s/${request.sessionId}?as=code`}>
        {standing.tone === 'yours' && request.status === 'requested' ? i18n._('Choose') : i18n._('Look at it')}
      </ButtonLink>
    </div>
  );
}

/** Whether the asker can come in already; until then the time is what counts. */
function isJoinable({ status, scheduledFor }: SessionRequest, now: number): boolean {
  const planned = { status, scheduledFor: scheduledFor === null ? null : new Date(scheduledFor) };
  return mayComeIn(planned, 'codeUser', new Date(now));
}

interface TimeButtonProps {
  readonly at: string;
  readonly now: number;
  readonly busy: boolean;
  readonly onClick: () => void;
}

/** A time that can be picked; one that is over can't any more. */
export function TimeButton({ at, now, busy, onClick }: TimeButtonProps) {
  const over = Date.parse(at) <= now;
  return (
    <Button
      kind={over ? 'plain' : 'primary'}
      wide
      icon={<IconCheck size={20} />}
      disabled={over}
      busy={busy}
      onClick={onClick}
    >
      {over ? i18n._('{time} (over)', { time: meetingWords(at, new Date(now)) }) : meetingWords(at, new Date(now))}
    </Button>
  );
}

/** What somebody said with it, in their own words. */
export function Quote({ text }: { readonly text: string }) {
  return text === '' ? null : <blockquote className={css.quote}>{text}</blockquote>;
}

/** The agreed time for the person's own calendar. */
export function CalendarLink({ request, as }: { readonly request: SessionRequest; readonly as: 'member' | 'code' }) {
  const path = calendarPath.replace(':sessionId', request.sessionId);
  return (
    <ButtonLink href={as === 'code' ? `${path}?as=code` : path} icon={<IconCalendar size={20} />}>
      {i18n._('Calendar file')}
    </ButtonLink>
  );
}
