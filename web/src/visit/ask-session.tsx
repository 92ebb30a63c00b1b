import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import { readTicket } from '#contract/ticket/http.ts';
import { type CodeRequests, openWish, WishForm, type WishModel } from '#web/features/request/index.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { deviceStorage } from '#web/stream/outbox-drawer.ts';
import { ButtonLink } from '#web/ui/button.tsx';
import { IconBack } from '#web/ui/icons.tsx';
import type { Visitor } from './code-page-model.ts';
import { Heading } from './heading.tsx';
import { hashOf, type Place } from './place.ts';
import * as css from './ticket-list.module.css';

interface AskSessionProps {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly visitor: Visitor;
  readonly requests: CodeRequests;
  readonly place: Extract<Place, { at: 'session' }>;
}

/** A11: the page that asks for a video session, at the code or in one of its tickets. */
export function AskSession({ ask, connection, visitor, requests, place }: AskSessionProps) {
  const { ticketId } = place;
  const back = hashOf(ticketId === null ? { at: 'tickets' } : { at: 'ticket', ticketId });
  const [model, setModel] = useState<WishModel | null>(null);
  useEffect(() => {
    const end = new AbortController();
    const opened = openWish(end.signal, {
      ask,
      connection,
      place: ticketId === null ? { code: visitor.code.id } : { ticket: ticketId },
      storage: deviceStorage(),
      owner: visitor.deviceId,
      now: Date.now,
      onMade(request) {
        requests.adopt(request);
        location.replace(back);
      },
    });
    setModel(opened);
    if (ticketId !== null && opened.get().wish.subject === '') void fillSubject(end.signal, ask, ticketId, opened);
    return () => end.abort();
  }, [ask, connection, visitor.code.id, visitor.deviceId, requests, ticketId, back]);
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
        {model === null ? null : <WishForm model={model} />}
      </main>
    </>
  );
}

/** In a ticket it is about what the ticket is about, unless the person writes something else. */
async function fillSubject(
  signal: AbortSignal,
  ask: Ask,
  ticketId: Extract<Place, { at: 'session' }>['ticketId'] & {},
  model: WishModel,
): Promise<void> {
  const read = await ask(readTicket, { params: { ticketId }, signal });
  if (read.ok && !signal.aborted && model.get().wish.subject === '') model.change({ subject: read.value.subject });
}
