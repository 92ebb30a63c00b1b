import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { SessionId } from '#contract/ids.ts';
import type { SessionRequest } from '#contract/request/http.ts';
import { isAhead, isOver } from '#core/session/lifecycle.ts';
import type { Ask } from '#web/http/client.ts';
import type { ReadableStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { IconVideo } from '#web/ui/icons.tsx';
import { meetingWords } from '#web/ui/time-words.ts';
import { DeclineDialog, ProposeDialog, Trouble } from './answer-dialogs.tsx';
import { createRequestDeeds, type Deed, type DeedState, type Done } from './deeds.ts';
import * as css from './request.module.css';
import { CalendarLink, Quote, TimeButton } from './request-card.tsx';
import { changeWords, countdownWords, timesWords, wishWords } from './request-words.ts';
import { useNow } from './use-now.ts';

type OpenDialog = 'propose' | 'decline' | null;

/** The answering of one request: buttons and keys of a page lead to the same. */
export interface Answering {
  readonly state: ReadableStore<DeedState>;
  readonly dialog: OpenDialog;
  /** Opens a dialog, or closes the one that is open. */
  show(dialog: OpenDialog): void;
  run(deed: Deed): void;
}

/** One request is answered on this page; `onDone` hears what became of it, also when a colleague was first. */
export function useAnswering(ask: Ask, sessionId: SessionId, onDone: (deed: Deed, done: Done) => void): Answering {
  const [deeds] = useState(() => createRequestDeeds(ask));
  const [dialog, setDialog] = useState<OpenDialog>(null);
  return {
    state: deeds.state,
    dialog,
    show(next) {
      deeds.forget();
      setDialog(next);
    },
    run: (deed) =>
      void deeds.run(sessionId, deed).then((done) => {
        if (done === null) return;
        setDialog(null);
        onDone(deed, done);
      }),
  };
}

interface AnswerProps {
  readonly request: SessionRequest;
  readonly answering: Answering;
  /** The way into the session and its time stand elsewhere on the page. */
  readonly noWayIn?: boolean | undefined;
}

const TICK_MS = 10_000;

/** A11: a request as an employee sees it: what is wished, what was said, and the answers. */
export function Answer({ request, answering, noWayIn }: AnswerProps) {
  const now = useNow(TICK_MS);
  const { trouble } = useStore(answering.state);
  const at = new Date(now);
  const isOpen = isAhead(request.status);
  const counter = isOpen && request.proposal?.by === 'codeUser' ? request.proposal : null;
  return (
    <div className={css.answer}>
      <dl className={css.facts}>
        <div>
          <dt>{i18n._('Wish')}</dt>
          <dd>{wishWords(request.wishedAt, at)}</dd>
        </div>
        <Where request={request} now={now} noWayIn={noWayIn} />
      </dl>
      <Quote text={request.words} />
      {counter === null ? null : (
        <>
          <p>
            {changeWords(request, at) ??
              i18n._('{name} proposes {times}', { name: counter.name, times: timesWords(counter.times, at) })}
          </p>
          <Quote text={counter.words} />
        </>
      )}
      {request.hasAddress && isOpen ? (
        <p className={css.soft}>{i18n._('The answer also goes to the customer’s e-mail address.')}</p>
      ) : null}
      {answering.dialog === null ? <Trouble text={trouble} /> : null}
      {isOpen ? <Choices request={request} answering={answering} noWayIn={noWayIn} now={now} /> : null}
      {isOpen || noWayIn === true || isOver(request.status) ? null : (
        <div className={css.deeds}>
          <ButtonLink kind="primary" href={`/s/${request.sessionId}`} icon={<IconVideo size={20} />}>
            {i18n._('To the session')}
          </ButtonLink>
        </div>
      )}
    </div>
  );
}

interface ChoicesProps extends AnswerProps {
  readonly now: number;
}

/** The answers to a request that waits, or to what is planned. */
function Choices({ request, answering, now, noWayIn }: ChoicesProps) {
  const { dialog, show, run, state } = answering;
  const { busy } = useStore(state);
  const planned = request.status === 'scheduled';
  const close = () => show(null);
  const times = request.proposal?.by === 'codeUser' ? request.proposal.times : planned ? [] : wishOf(request);
  return (
    <>
      {times.length === 0 ? null : (
        <div className={css.times}>
          {times.map((time) => (
            <TimeButton
              key={time}
              at={time}
              now={now}
              busy={busy?.kind === 'agree' && busy.at === time}
              onClick={() => run({ kind: 'agree', at: time })}
            />
          ))}
        </div>
      )}
      <div className={css.deeds}>
        {planned ? (
          <>
            {noWayIn === true ? null : (
              <ButtonLink kind="primary" href={`/s/${request.sessionId}`} icon={<IconVideo size={20} />}>
                {i18n._('To the session')}
              </ButtonLink>
            )}
            <CalendarLink request={request} as="member" />
          </>
        ) : (
          <Button
            kind={times.some((time) => Date.parse(time) > now) ? 'plain' : 'primary'}
            icon={<IconVideo size={20} />}
            busy={busy?.kind === 'accept'}
            onClick={() => run({ kind: 'accept' })}
          >
            {i18n._('Accept now')}
          </Button>
        )}
        <Button onClick={() => show('propose')}>
          {planned ? i18n._('Propose another time') : i18n._('Propose times')}
        </Button>
        {planned ? null : (
          <Button kind="quiet" onClick={() => show('decline')}>
            {i18n._('Decline')}
          </Button>
        )}
      </div>
      {dialog === 'propose' ? (
        <ProposeDialog
          side="expert"
          state={state}
          onClose={close}
          onPropose={(proposed, words) => run({ kind: 'propose', times: proposed, words })}
        />
      ) : null}
      {dialog === 'decline' && !planned ? (
        <DeclineDialog state={state} onClose={close} onDecline={(words) => run({ kind: 'decline', words })} />
      ) : null}
    </>
  );
}

/** The time wished for, to be agreed to with one click. */
const wishOf = ({ wishedAt }: SessionRequest) => (wishedAt === null ? [] : [wishedAt]);

type WhereProps = Pick<AnswerProps, 'request' | 'noWayIn'> & { readonly now: number };

/** Where it stands and who has it. */
function Where({ request, now, noWayIn }: WhereProps) {
  const { status, proposal, answeredBy, scheduledFor, expiresAt } = request;
  const at = new Date(now);
  return (
    <>
      {isAhead(status) && proposal?.by === 'expert' ? (
        <div>
          <dt>{i18n._('Proposed')}</dt>
          <dd>
            {i18n._('{times}, by {name}. The customer has not chosen yet.', {
              times: timesWords(proposal.times, at),
              name: proposal.name,
            })}
          </dd>
        </div>
      ) : null}
      {status === 'scheduled' && scheduledFor !== null && noWayIn !== true ? (
        <div>
          <dt>{i18n._('Planned')}</dt>
          <dd>
            {meetingWords(scheduledFor, at)} · {countdownWords(Date.parse(scheduledFor) - now)}
          </dd>
        </div>
      ) : null}
      {answeredBy === null ? null : (
        <div>
          <dt>{i18n._('Answered by')}</dt>
          <dd>{answeredBy.name}</dd>
        </div>
      )}
      {status === 'requested' && expiresAt !== null ? (
        <div>
          <dt>{i18n._('Ends by itself')}</dt>
          <dd>{meetingWords(expiresAt, at)}</dd>
        </div>
      ) : null}
    </>
  );
}
