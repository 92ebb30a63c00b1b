import { i18n } from '@lingui/core';
import { Button, Skeleton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { readTicket, type Ticket } from '#contract/ticket/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { BackIcon, PanelIcon } from '#web/desk-ui/icons.tsx';
import { useTitle } from '#web/desk-ui/page.tsx';
import { useShortcuts } from '#web/desk-ui/shortcuts.ts';
import { FailedState } from '#web/desk-ui/states.tsx';
import { Messenger } from '../messenger.tsx';
import type { SessionLeaves } from '../session-card.tsx';
import { CaseLinks } from './case-links.tsx';
import { SessionActionsMenu } from './session-actions.tsx';
import { TicketStatusPill } from './status-pill.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketSessions } from './ticket-sessions.tsx';
import { TicketSubject } from './ticket-subject.tsx';
import { useMessenger } from './use-messenger.ts';
import { useTicketChange } from './use-ticket-change.ts';

/** One ticket: its Messenger in the middle, what is known about it at the side. */
export function TicketPage({ ticketId, leaves }: { ticketId: string; leaves?: SessionLeaves }) {
  const answer = useAnswer(readTicket, { params: { ticketId } });
  const navigate = useNavigate();
  useShortcuts({ u: () => void navigate({ to: '/tickets' }) });
  useTitle(answer.data === undefined ? i18n._('Ticket') : `#${answer.data.number} ${answer.data.subject}`);
  if (answer.state === 'loading') return <LoadingTicket />;
  if (answer.state === 'failed')
    return (
      <>
        <BackToList />
        <FailedState answer={answer} />
      </>
    );
  return <OpenTicket ticket={answer.data} leaves={leaves} />;
}

function BackToList() {
  return (
    <div className="ticket-crumb">
      <Link to="/tickets" className="back-link">
        <BackIcon size={16} />
        {i18n._('Tickets')}
      </Link>
    </div>
  );
}

function LoadingTicket() {
  return (
    <div className="ticket-page fills-window" role="status" aria-label={i18n._('Loading')}>
      <div className="ticket-main">
        <header className="ticket-head">
          <BackToList />
          <Skeleton height={22} width="46%" />
        </header>
        <div className="ticket-thread stack">
          <Skeleton height={54} width="58%" radius="lg" />
          <Skeleton height={54} width="44%" radius="lg" />
        </div>
      </div>
      <aside className="ticket-side">
        <Skeleton height={160} radius="lg" />
      </aside>
    </div>
  );
}

function OpenTicket({ ticket, leaves }: { ticket: Ticket; leaves: SessionLeaves | undefined }) {
  const change = useTicketChange(ticket.id);
  const messenger = useMessenger(ticket);
  // On narrow screens the side is folded away; the thread is what people come for.
  const [unfolded, setUnfolded] = useState(false);
  return (
    <div className="ticket-page fills-window" data-unfolded={unfolded}>
      <div className="ticket-main">
        <header className="ticket-head">
          <div className="ticket-crumb">
            <Link to="/tickets" className="back-link">
              <BackIcon size={16} />
              {i18n._('Tickets')}
            </Link>
            <span className="muted">#{ticket.number}</span>
            <span className="grow" />
            <TicketStatusPill status={ticket.status} />
            <Button
              className="unfold"
              variant="default"
              size="xs"
              leftSection={<PanelIcon size={16} />}
              aria-expanded={unfolded}
              aria-controls="ticket-side"
              onClick={() => setUnfolded(!unfolded)}
            >
              {i18n._('Details')}
            </Button>
          </div>
          <TicketSubject ticket={ticket} change={change} />
        </header>
        <div className="ticket-thread">
          {messenger === null ? null : (
            <Messenger
              model={messenger}
              joinAs="member"
              leaves={leaves}
              actions={(session) => <SessionActionsMenu ticket={ticket} session={session} />}
            />
          )}
        </div>
      </div>
      <aside id="ticket-side" className="ticket-side" aria-label={i18n._('Details')}>
        <TicketSessions ticketId={ticket.id} />
        <TicketFacts ticket={ticket} change={change} />
        <CaseLinks ticketId={ticket.id} />
      </aside>
    </div>
  );
}
