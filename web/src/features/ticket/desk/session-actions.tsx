import { i18n } from '@lingui/core';
import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import type { SessionSummary } from '#contract/session/http.ts';
import { linkToTicket } from '#contract/session/linking.ts';
import type { Ticket } from '#contract/ticket/http.ts';
import { ConfirmDialog } from '#web/desk-ui/confirm-dialog.tsx';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { MoreIcon } from '#web/desk-ui/icons.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { visibilityDeedWords } from '#web/ui/visibility-words.ts';
import { AttachDialog } from '../attach-page.tsx';
import { SessionVisibilityDialog } from './session-visibility.tsx';

/** A4, A7: a session of this ticket is hidden or shown, put into another one, or out of it. */
export function SessionActionsMenu({ ticket, session }: { ticket: Ticket; session: SessionSummary }) {
  const [open, setOpen] = useState<'move' | 'remove' | 'visibility' | null>(null);
  const ask = useAsk();
  const { id, number, subject } = ticket;
  const close = () => setOpen(null);
  const remove = useDeed((_: undefined, requestId) =>
    ask(linkToTicket, { params: { sessionId: session.id }, body: { requestId, to: { none: true } } }),
  );
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={i18n._('More about this session')}>
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen('visibility')}>{visibilityDeedWords(session.isPublic)}</Menu.Item>
          <Menu.Item onClick={() => setOpen('move')}>{i18n._('Move to another ticket')}</Menu.Item>
          <Menu.Item onClick={() => setOpen('remove')}>{i18n._('Remove from this ticket')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'visibility' ? <SessionVisibilityDialog session={session} onClose={close} /> : null}
      {open === 'move' ? (
        <AttachDialog
          ask={ask}
          session={{ ...session, ticket: { id, number, subject }, code: ticket.code }}
          onClose={close}
          onAttached={(to) => {
            close();
            say(
              to === null
                ? i18n._('The session is in no ticket now.')
                : i18n._('The session is in ticket {number} now.', { number: to.number }),
            );
          }}
        />
      ) : null}
      <ConfirmDialog
        opened={open === 'remove'}
        title={i18n._('Remove this session from the ticket?')}
        deed={i18n._('Remove')}
        busy={remove.busy}
        trouble={remove.trouble}
        onClose={close}
        onConfirm={() =>
          void remove.run(undefined).then((outcome) => {
            if (outcome?.ok !== true) return;
            close();
            say(i18n._('The session is in no ticket now.'));
          })
        }
      >
        <p>
          {ticket.code === null
            ? i18n._('Nothing of it is lost. It can be attached to a ticket again on its own page.')
            : i18n._(
                'Nothing of it is lost: its page stays, and customers of {name} see it as before. It can be attached to a ticket again there.',
                { name: ticket.code.name },
              )}
        </p>
        <a className="link" href={`/s/${session.id}`} target="_blank" rel="noreferrer">
          {i18n._('Open its page')}
        </a>
      </ConfirmDialog>
    </>
  );
}
