import { i18n } from '@lingui/core';
import { Button, Menu, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { listMembers } from '#contract/access/http.ts';
import { MemberId } from '#contract/ids.ts';
import type { Ticket } from '#contract/ticket/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { CheckIcon, ChevronDownIcon } from '#web/desk-ui/icons.tsx';
import { Moment } from '#web/desk-ui/moment.tsx';
import { useMe } from '#web/features/access/desk/index.ts';
import { ticketStatusWords } from '../thread-words.ts';
import { CodeSelect } from './code-select.tsx';
import { TicketStatusPill } from './status-pill.tsx';
import { ticketStatuses } from './ticket-words.ts';
import type { TicketChange } from './use-ticket-change.ts';

const NOBODY = 'nobody';

/** What is known about a ticket and can be changed: status, assignee, code. */
export function TicketFacts({ ticket, change }: { ticket: Ticket; change: TicketChange }) {
  return (
    <div className="facts">
      <div className="fact">
        <h2 className="fact-name">{i18n._('Status')}</h2>
        <StatusMenu ticket={ticket} change={change} />
      </div>
      <div className="fact">
        <h2 className="fact-name">{i18n._('Assignee')}</h2>
        <AssigneeSelect ticket={ticket} change={change} />
      </div>
      <div className="fact">
        <h2 className="fact-name">{i18n._('Code')}</h2>
        <CodeSelect
          key={ticket.code?.id ?? 'none'}
          value={ticket.code}
          disabled={change.busy}
          onChange={(code) => {
            if (code?.id === ticket.code?.id) return;
            void change.run(
              { code: code?.id ?? null },
              code === null
                ? i18n._('The ticket belongs to no code now. Only members see it.')
                : i18n._('The ticket belongs to {name} now.', { name: code.name }),
            );
          }}
        />
        {ticket.code === null ? null : (
          <Link to="/codes/$codeId" params={{ codeId: ticket.code.id }} className="link small">
            {i18n._('Show the code')}
          </Link>
        )}
      </div>
      <p className="muted small">
        {i18n._('Opened by {name}', { name: ticket.openedBy })}
        {' · '}
        <Moment at={ticket.createdAt} />
      </p>
    </div>
  );
}

function StatusMenu({ ticket, change }: { ticket: Ticket; change: TicketChange }) {
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button
          type="button"
          className="status-choice"
          disabled={change.busy}
          aria-label={i18n._('Status: {status}', { status: ticketStatusWords(ticket.status) })}
        >
          <TicketStatusPill status={ticket.status} />
          <ChevronDownIcon size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {ticketStatuses.map((status) => (
          <Menu.Item
            key={status}
            rightSection={status === ticket.status ? <CheckIcon size={16} /> : null}
            onClick={() => {
              if (status === ticket.status) return;
              void change.run({ status }, i18n._('Status: {status}', { status: ticketStatusWords(status) }));
            }}
          >
            <TicketStatusPill status={status} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AssigneeSelect({ ticket, change }: { ticket: Ticket; change: TicketChange }) {
  const self = useMe().member;
  const members = useAnswer(listMembers, {});
  const names = new Map(
    (members.data?.members ?? []).filter(({ active }) => active).map(({ id, name }) => [String(id), name]),
  );
  if (ticket.assignee !== null && !names.has(ticket.assignee.id)) names.set(ticket.assignee.id, ticket.assignee.name);
  const assign = (id: string | null) => {
    if (id === (ticket.assignee?.id ?? NOBODY)) return;
    const member = MemberId.safeParse(id);
    const name = id === null ? undefined : names.get(id);
    void change.run(
      { assignee: member.success ? member.data : null },
      name === undefined ? i18n._('Nobody has this ticket now.') : i18n._('{name} has this ticket now.', { name }),
    );
  };
  return (
    <>
      <Select
        aria-label={i18n._('Assignee')}
        searchable
        allowDeselect={false}
        onFocus={(event) => event.currentTarget.select()}
        disabled={change.busy}
        nothingFoundMessage={i18n._('Nobody found')}
        data={[{ value: NOBODY, label: i18n._('Nobody') }, ...[...names].map(([value, label]) => ({ value, label }))]}
        value={ticket.assignee?.id ?? NOBODY}
        onChange={assign}
      />
      {ticket.assignee === null ? (
        <Button variant="subtle" size="compact-sm" className="assign-self" onClick={() => assign(self.id)}>
          {i18n._('Take it')}
        </Button>
      ) : null}
    </>
  );
}
