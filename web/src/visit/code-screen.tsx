import { i18n } from '@lingui/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionRequest } from '#contract/request/http.ts';
import { type ContactModel, openContact } from '#web/features/direct-call/index.ts';
import { renewPush } from '#web/features/notification/index.ts';
import { type CodeRequests, openCodeRequests, openWishes, type Wishes } from '#web/features/request/index.ts';
import { openTicketOutbox } from '#web/features/ticket/index.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import type { Connection } from '#web/realtime/connection.ts';
import type { ReadableStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { deviceStorage } from '#web/stream/outbox-drawer.ts';
import { Button } from '#web/ui/button.tsx';
import { IconOffline, IconRetry } from '#web/ui/icons.tsx';
import { LanguageSelect } from '#web/ui/language-select.tsx';
import { LogoMark } from '#web/ui/logo.tsx';
import { ToastStack } from '#web/ui/toast.tsx';
import type { Toasts } from '#web/ui/toast-model.ts';
import { AskSession } from './ask-session.tsx';
import type { CodePage, Visitor } from './code-page-model.ts';
import * as css from './code-screen.module.css';
import { type CodeTickets, openCodeTickets } from './code-tickets-model.ts';
import { NameForm, ShortCodeForm } from './entrance-forms.tsx';
import { NewTicket } from './new-ticket.tsx';
import { hashOf, type Place, placeOf } from './place.ts';
import { openRateable, type Rateable } from './rateable.ts';
import { TicketList } from './ticket-list.tsx';
import { TicketScreen } from './ticket-screen.tsx';

export interface CodeScreenParts {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly page: CodePage;
  readonly place: ReadableStore<Place>;
  /** The connection has been away long enough to say so. */
  readonly trouble: ReadableStore<boolean>;
  readonly toasts: Toasts;
}

/** The customer's page: the way in, then the code's tickets. */
export function CodeScreen({ parts }: { readonly parts: CodeScreenParts }) {
  const entrance = useStore(parts.page);
  switch (entrance.state) {
    case 'opening':
      return (
        <Notice busy>
          <p>{i18n._('Opening…')}</p>
        </Notice>
      );
    case 'closed':
      return (
        <Notice>
          <h1>{i18n._('This code is not in use any more')}</h1>
          <p>{i18n._('Ask the service team for a new one.')}</p>
          <a href="/c">{i18n._('Type another code')}</a>
        </Notice>
      );
    case 'unreachable':
      return (
        <Notice>
          <h1>{i18n._('This page can’t be opened right now')}</h1>
          <p>{refusalWords(entrance.refusal)}</p>
          <Button kind="primary" icon={<IconRetry />} onClick={() => void parts.page.retry()}>
            {i18n._('Try again')}
          </Button>
        </Notice>
      );
    case 'typing':
      return (
        <Notice>
          <ShortCodeForm page={parts.page} busy={entrance.busy} refusal={entrance.refusal} />
        </Notice>
      );
    case 'naming':
      return (
        <Notice organization={entrance.opened.organization.name}>
          <NameForm
            page={parts.page}
            code={entrance.opened.code.name}
            busy={entrance.busy}
            refusal={entrance.refusal}
          />
        </Notice>
      );
    case 'inside':
      return <Inside key={entrance.visitor.deviceId} parts={parts} visitor={entrance.visitor} />;
  }
}

function Inside({ parts, visitor }: { readonly parts: CodeScreenParts; readonly visitor: Visitor }) {
  const models = useCodeModels(parts, visitor);
  const place = useStore(parts.place);
  const { ask } = parts;
  const trouble = useStore(parts.trouble);
  useEffect(() => {
    document.title = `${visitor.code.name} – ${visitor.organization}`;
  }, [visitor]);
  useEffect(() => {
    const parts = { ask, owner: visitor.deviceId, scope: '/c/', storage: deviceStorage() } as const;
    void renewPush(parts);
  }, [ask, visitor.deviceId]);
  return (
    <div className={css.page}>
      <div className={css.news}>
        <ToastStack toasts={parts.toasts} />
      </div>
      <p className={css.offline} role="status" hidden={!trouble}>
        {trouble && (
          <>
            <IconOffline size={22} />
            {i18n._('No connection. Your messages are sent when it is back.')}
          </>
        )}
      </p>
      {models !== null && place.at === 'tickets' && (
        <TicketList ask={parts.ask} page={parts.page} visitor={visitor} {...models} />
      )}
      {models !== null && place.at === 'new' && <NewTicket tickets={models.tickets} />}
      {models !== null && place.at === 'session' && (
        <AskSession key={hashOf(place)} ask={parts.ask} visitor={visitor} wishes={models.wishes} place={place} />
      )}
      {models !== null && place.at === 'ticket' && (
        <TicketScreen key={place.ticketId} ask={parts.ask} {...models} ticketId={place.ticketId} />
      )}
    </div>
  );
}

interface CodeModels {
  readonly tickets: CodeTickets;
  readonly requests: CodeRequests;
  readonly rateable: ReadableStore<readonly Rateable[]>;
  readonly contact: ContactModel;
  readonly wishes: Wishes;
}

/** The code's models live while the person is inside; another name does not make other ones. */
function useCodeModels({ ask, connection }: CodeScreenParts, { code, deviceId }: Visitor): CodeModels | null {
  const [models, setModels] = useState<CodeModels | null>(null);
  useEffect(() => {
    const end = new AbortController();
    const outbox = openTicketOutbox(end.signal, { ask, connection, owner: deviceId });
    const storage = deviceStorage();
    const requests = openCodeRequests(end.signal, { ask, connection, codeId: code.id, storage });
    setModels({
      tickets: openCodeTickets(end.signal, { ask, connection, outbox, codeId: code.id, deviceId }),
      rateable: openRateable(end.signal, { ask, connection, codeId: code.id }),
      contact: openContact(end.signal, { ask, connection, codeId: code.id }),
      requests,
      wishes: openWishes(end.signal, {
        ask,
        connection,
        storage,
        owner: deviceId,
        now: Date.now,
        onMade(request) {
          requests.adopt(request);
          const { at } = placeOf(location.hash);
          if (at === 'session') location.replace(hashOf(listedAt(request)));
        },
      }),
    });
    return () => end.abort();
  }, [ask, connection, code.id, deviceId]);
  return models;
}

/** Where a request is shown once it is made. */
const listedAt = ({ ticket }: SessionRequest): Place =>
  ticket === null ? { at: 'tickets' } : { at: 'ticket', ticketId: ticket.id };

interface NoticeProps {
  readonly children: ReactNode;
  readonly organization?: string;
  readonly busy?: boolean;
}

/** A page with one thing on it. */
function Notice({ children, organization, busy }: NoticeProps) {
  return (
    <main className={css.notice} aria-busy={busy}>
      <p className={css.brand}>
        <LogoMark size={32} />
        {organization ?? 'Sightglass'}
      </p>
      {children}
      <div className={css.language}>
        <LanguageSelect />
      </div>
    </main>
  );
}
