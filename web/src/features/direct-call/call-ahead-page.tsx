import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import type * as z from 'zod/mini';
import { hangUp, readCallOutcome } from '#contract/direct-call/http.ts';
import { isOpen } from '#core/session/lifecycle.ts';
import type { AheadProps } from '#web/features/session/index.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { IconHangUp } from '#web/ui/call-icons.tsx';
import { IconMessage } from '#web/ui/icons.tsx';
import * as css from './call-ahead.module.css';
import { useSeconds } from './use-seconds.ts';

/** A direct call as its caller sees it: while it rings, while it is being answered, and when nobody has. */
export function CallAhead(props: AheadProps) {
  const { status } = useStore(props.host.facts.log);
  if (status === 'requested' || (status !== null && isOpen(status))) return <Calling {...props} />;
  return status === 'missed' ? <Missed {...props} /> : props.otherwise;
}

function Calling({ host, ownPicture, back }: AheadProps) {
  const session = useStore(host.facts.session);
  const { status, lines } = useStore(host.facts.log);
  const seconds = useSeconds(Date.parse(session.createdAt) - host.facts.offset.get().ms);
  const [state, setState] = useState<{ busy: boolean; trouble: string | null }>({ busy: false, trouble: null });
  const [requestId] = useState(newRequestId);
  const answerer = lines.findLast((line) => line.author.kind === 'member')?.author;
  const rings = status === 'requested';
  const giveUp = async () => {
    setState({ busy: true, trouble: null });
    const outcome = await host.ask(hangUp, { params: { sessionId: session.id }, body: { requestId } });
    // Answered in the same moment: then it is a session, and can be left as one.
    const isOver = outcome.ok || outcome.code === 'not-in-this-state';
    if (outcome.ok && session.code !== null) return location.assign(session.code.linkPath);
    setState({ busy: false, trouble: isOver || outcome.ok ? null : refusalWords(outcome) });
  };
  return (
    <main className={css.calling}>
      <div className={css.picture}>{ownPicture}</div>
      <div className={css.side}>
        <h1 id="page-title" tabIndex={-1}>
          {session.organization}
        </h1>
        <div className={css.state}>
          <p role="status">
            {rings
              ? i18n._('It is ringing…')
              : answerer?.kind === 'member'
                ? i18n._('{name} has answered', { name: answerer.name })
                : i18n._('Your call was answered')}
          </p>
          {rings ? (
            <span className={css.soft} aria-hidden="true">
              {i18n._('{seconds} s', { seconds })}
            </span>
          ) : null}
        </div>
        {rings ? (
          <>
            <p className={css.soft}>{i18n._('Stay on this page. You are connected as soon as somebody answers.')}</p>
            {state.trouble === null ? null : <p role="alert">{state.trouble}</p>}
            <Button
              kind="danger"
              wide
              busy={state.busy}
              icon={<IconHangUp size={24} />}
              onClick={() => void giveUp()}
              id="hang-up"
            >
              {i18n._('Hang up')}
            </Button>
          </>
        ) : (
          back
        )}
      </div>
    </main>
  );
}

type Outcome = z.infer<typeof readCallOutcome.reply>;

function Missed({ host, back }: AheadProps) {
  const { id, code } = useStore(host.facts.session);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    const life = new AbortController();
    void host.ask(readCallOutcome, { params: { sessionId: id }, signal: life.signal }).then((read) => {
      if (life.signal.aborted) return;
      if (read.ok) setOutcome(read.value);
      else setTrouble(refusalWords(read));
    });
    return () => life.abort();
  }, [host, id]);
  const request = outcome?.requestSessionId ?? null;
  const title =
    request === null ? i18n._('The call is over') : i18n._('Nobody could answer. We have taken this as a request.');
  return (
    <main className={css.missed} aria-busy={outcome === null && trouble === null}>
      <div>
        <h1 id="page-title" tabIndex={-1}>
          {outcome === null ? i18n._('One moment…') : title}
        </h1>
        {trouble === null ? null : <p role="alert">{trouble}</p>}
        {outcome === null ? null : request === null ? (
          <p>{i18n._('You can call again from the page of your code.')}</p>
        ) : (
          <>
            <p>{i18n._('The service team sees it and comes back to you. You need not call again.')}</p>
            <p className={css.soft}>
              {i18n._('Their answer is on the page of {code}: a time that they propose, or that they are there now.', {
                code: code?.name ?? '',
              })}
            </p>
            <ButtonLink kind="primary" wide icon={<IconMessage />} href={`/s/${request}?as=code`}>
              {i18n._('See your request')}
            </ButtonLink>
          </>
        )}
        {back}
      </div>
    </main>
  );
}
