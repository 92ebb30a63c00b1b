import { i18n } from '@lingui/core';
import { type ComponentType, useState } from 'react';
import type { Session } from '#contract/session/http.ts';
import type { Ask } from '#web/http/client.ts';
import type { Readable } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import type { AttachDialog } from '../ticket/attach-page.tsx';
import * as css from './case-head.module.css';

interface CaseHeadProps {
  readonly ask: Ask;
  readonly session: Readable<Session>;
  /** It is in another ticket now: what the page shows of it is out of date. */
  readonly changed: () => void;
}

/** A7, B11: which ticket the session is in; employees put it into one, another one, or none. */
export function CaseHead({ ask, session: described, changed }: CaseHeadProps) {
  const session = useStore(described);
  const [dialog, setDialog] = useState<{ readonly of: ComponentType<Parameters<typeof AttachDialog>[0]> } | null>(null);
  const [failed, setFailed] = useState(false);
  const { ticket, you } = session;
  // Its file comes when somebody wants it; most sessions are in their ticket from the start.
  const open = () =>
    import('../ticket/attach-page.tsx').then(
      (file) => setDialog({ of: file.AttachDialog }),
      () => setFailed(true),
    );
  if (you.as !== 'expert' && ticket === null) return null;
  return (
    <div className={css.head}>
      <TicketName ticket={ticket} leads={you.as === 'expert'} />
      {you.as === 'expert' ? (
        <Button kind={ticket === null ? 'plain' : 'quiet'} onClick={() => void open()}>
          {ticket === null ? i18n._('Attach to ticket') : i18n._('Change')}
        </Button>
      ) : null}
      {failed && dialog === null ? (
        <p className={css.trouble} role="alert">
          {i18n._('This could not be loaded. Please check your network and try again.')}
        </p>
      ) : null}
      {dialog === null ? null : (
        <dialog.of
          ask={ask}
          session={session}
          onClose={() => setDialog(null)}
          onAttached={() => {
            setDialog(null);
            changed();
          }}
        />
      )}
    </div>
  );
}

function TicketName({ ticket, leads }: { readonly ticket: Session['ticket']; readonly leads: boolean }) {
  if (ticket === null) return <span className={css.name}>{i18n._('In no ticket')}</span>;
  const words = i18n._('Ticket {number}: {subject}', { number: ticket.number, subject: ticket.subject });
  if (!leads) return <span className={css.name}>{words}</span>;
  return (
    // Another tab: who is in the session stays in it.
    <a className={css.name} href={`/tickets/${ticket.id}`} target="_blank" rel="noreferrer" title={words}>
      {words}
    </a>
  );
}
