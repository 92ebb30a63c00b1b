import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { Contact } from '#contract/direct-call/http.ts';
import type { Refusal } from '#contract/errors.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { meetingWords } from '#web/ui/time-words.ts';
import * as css from './call-now.module.css';
import type { ContactModel } from './contact.ts';
import { IconCall } from './icons.tsx';
import { openOwnCall } from './open-session.ts';

/** A12 on the code's page: the button that calls, or why calling would reach nobody. Nothing where it is not offered. */
export function CallNow({ contact }: { readonly contact: ContactModel }) {
  const now = useStore(contact);
  const [requestId, setRequestId] = useState(newRequestId);
  const [state, setState] = useState<{ busy: boolean; refusal: Refusal | null }>({ busy: false, refusal: null });
  if (now === null || now.directCall === 'off') return null;
  const call = async () => {
    setState({ busy: true, refusal: null });
    const started = await contact.call(requestId);
    if (started.ok) return openOwnCall(started.value.sessionId);
    setRequestId(newRequestId());
    setState({ busy: false, refusal: started });
  };
  return (
    <section className={css.call} aria-label={i18n._('Call')}>
      {now.directCall === 'possible' ? (
        <>
          <Button kind="primary" wide busy={state.busy} icon={<IconCall size={26} />} onClick={() => void call()}>
            {i18n._('Call now')}
          </Button>
          <p className={css.soft}>{i18n._('With camera and sound. Somebody is there to answer.')}</p>
        </>
      ) : (
        <p role="status">{whyNot(now)}</p>
      )}
      {now.directCall === 'outside-hours' && now.message !== null && now.message !== '' ? (
        <p className={css.message}>{now.message}</p>
      ) : null}
      {state.refusal === null ? null : <p role="alert">{troubleWords(state.refusal)}</p>}
    </section>
  );
}

function whyNot({ directCall, opensAt }: Contact): string {
  if (directCall === 'nobody-available')
    return i18n._('Nobody is free to take a call right now. Ask for a video session, and you get an answer.');
  return opensAt === null
    ? i18n._('Calls are not answered at the moment. Ask for a video session, and you get an answer.')
    : i18n._('Calls are answered again: {time}. Ask for a video session, and you get an answer.', {
        time: meetingWords(opensAt, new Date()),
      });
}

function troubleWords(refusal: Refusal): string {
  if (refusal.code === 'not-in-this-state') return i18n._('The call could not be put through just now.');
  return refusalWords(refusal);
}
