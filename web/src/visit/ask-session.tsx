import { i18n } from '@lingui/core';
import { useEffect } from 'react';
import { readRequest } from '#contract/request/http.ts';
import { readTicket } from '#contract/ticket/http.ts';
import { type Wishes, WishForm, type WishModel } from '#web/features/request/index.ts';
import type { Ask } from '#web/http/client.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { IconBack } from '#web/ui/icons.tsx';
import type { Visitor } from './code-page-model.ts';
import { Heading } from './heading.tsx';
import { type AskingPlace, hashOf } from './place.ts';
import * as css from './ticket-list.module.css';

interface AskSessionProps {
  readonly ask: Ask;
  readonly visitor: Visitor;
  readonly wishes: Wishes;
  readonly place: AskingPlace;
}

/** A11: the page that asks for a video session, at the code or in one of its tickets. */
export function AskSession({ ask, visitor, wishes, place }: AskSessionProps) {
  const { ticketId, again } = place;
  const model = wishes.of(ticketId === null ? { code: visitor.code.id } : { ticket: ticketId });
  const back = hashOf(ticketId === null ? { at: 'tickets' } : { at: 'ticket', ticketId });
  useEffect(() => {
    const end = new AbortController();
    if (model.get().wish.subject === '') void fill(end.signal, ask, { ticketId, again }, model);
    return () => end.abort();
  }, [ask, model, ticketId, again]);
  return (
    <>
      <header className={css.head}>
        <ButtonLink kind="quiet" href={back} icon={<IconBack />}>
          {i18n._('Back')}
        </ButtonLink>
      </header>
      <main className={css.main}>
        <Heading>{i18n._('Ask for a video session')}</Heading>
        <p className={css.about}>
          {i18n._('You show the problem with your camera, and an expert helps you live. They answer with a time.')}
        </p>
        <WishForm model={model} />
      </main>
    </>
  );
}

/** It is about what it was about before, or what the ticket is about, unless the person writes something else. */
async function fill(
  signal: AbortSignal,
  ask: Ask,
  { ticketId, again }: Pick<AskingPlace, 'ticketId' | 'again'>,
  model: WishModel,
): Promise<void> {
  const known = await firstOf(signal, ask, { ticketId, again });
  if (known !== null && !signal.aborted && model.get().wish.subject === '') model.change(known);
}

async function firstOf(signal: AbortSignal, ask: Ask, { ticketId, again }: Pick<AskingPlace, 'ticketId' | 'again'>) {
  if (again !== null) {
    const read = await ask(readRequest, { params: { sessionId: again }, signal });
    if (read.ok) return { subject: read.value.subject, words: read.value.words };
  }
  if (ticketId === null) return null;
  const read = await ask(readTicket, { params: { ticketId }, signal });
  return read.ok ? { subject: read.value.subject } : null;
}
