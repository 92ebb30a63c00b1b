import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { Refusal } from '#contract/errors.ts';
import { limits } from '#contract/limits.ts';
import { MessageText, Subject } from '#contract/text.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { IconBack, IconSend } from '#web/ui/icons.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import type { CodeTickets, TicketWish } from './code-tickets-model.ts';
import { Form } from './entrance-forms.tsx';
import { Heading } from './heading.tsx';
import { hashOf, placeOf } from './place.ts';
import * as css from './ticket-list.module.css';

/** Opens a ticket: what it is about, and the first message. */
export function NewTicket({ tickets }: { readonly tickets: CodeTickets }) {
  const [wish, setWish] = useState<TicketWish>({ requestId: newRequestId(), subject: '', text: '' });
  const [tried, setTried] = useState(false);
  const [state, setState] = useState<{ busy: boolean; refusal: Refusal | null }>({ busy: false, refusal: null });
  // Another text is another wish; the same one, tried again, makes no second ticket.
  const change = (part: Partial<TicketWish>) => setWish({ ...wish, ...part, requestId: newRequestId() });
  const subjectTrouble = tried ? subjectWords(wish.subject) : undefined;
  const textTrouble = tried ? textWords(wish.text) : undefined;

  const send = async () => {
    setTried(true);
    if (subjectWords(wish.subject) !== undefined || textWords(wish.text) !== undefined || state.busy) return;
    setState({ busy: true, refusal: null });
    const made = await tickets.create(wish);
    if ('id' in made) location.replace(hashOf(placeOf(`#ticket-${made.id}`)));
    else setState({ busy: false, refusal: made });
  };

  return (
    <>
      <header className={css.head}>
        <ButtonLink kind="quiet" href={hashOf({ at: 'tickets' })} icon={<IconBack />}>
          {i18n._('Back')}
        </ButtonLink>
      </header>
      <main className={css.main}>
        <Heading>{i18n._('Ask for help')}</Heading>
        <Form onSubmit={() => void send()}>
          <TextField
            label={i18n._('What is it about?')}
            hint={i18n._('In a few words, for example “Pump is leaking”.')}
            value={wish.subject}
            onChange={(subject) => change({ subject })}
            maxLength={limits.subjectLength}
            error={subjectTrouble}
          />
          <TextField
            label={i18n._('What happens? (may stay empty)')}
            value={wish.text}
            lines={5}
            onChange={(text) => change({ text })}
            error={textTrouble}
          />
          {state.refusal !== null && (
            <p className={css.refusal} role="alert">
              {i18n._('Not sent. {reason}', { reason: refusalWords(state.refusal) })}
            </p>
          )}
          <Button kind="primary" submit wide busy={state.busy} icon={<IconSend />}>
            {i18n._('Send')}
          </Button>
        </Form>
      </main>
    </>
  );
}

function subjectWords(subject: string): string | undefined {
  if (subject.trim() === '') return i18n._('Please say what it is about.');
  return Subject.safeParse(subject).success ? undefined : i18n._('There are signs in it that can’t be used.');
}

function textWords(text: string): string | undefined {
  if (text.trim() === '' || MessageText.safeParse(text).success) return undefined;
  const over = text.trim().length - limits.messageLength;
  if (over <= 0) return i18n._('There are signs in it that can’t be used.');
  return i18n._('{count, plural, one {# character} other {# characters}} too long', { count: over });
}
