import { i18n } from '@lingui/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { listCodes } from '#contract/access/http.ts';
import { listTickets } from '#contract/ticket/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { CodeIcon, MembersIcon, PlusIcon, SignOutIcon, TicketIcon } from '#web/desk-ui/icons.tsx';
import { grouped, mayManage, useMe, useSignOut } from '#web/features/access/desk/index.ts';
import { ticketStatusWords } from '#web/features/ticket/desk/index.ts';
import { placesOf } from './navigation.ts';
import { type Command, matching } from './palette-model.ts';

/** A command with its picture and its deed. */
export interface PaletteCommand extends Command {
  readonly Icon: ComponentType<{ size?: number }>;
  run(): void;
}

const SHOWN = 5;

/** What the palette offers for what was typed: deeds and places at once, tickets and codes from the server. */
export function usePaletteCommands(typed: string): readonly PaletteCommand[] {
  const fixed = useFixedCommands();
  const [search] = useDebouncedValue(typed.trim(), 150);
  const tickets = useAnswer(listTickets, { query: search === '' ? {} : { search } }, { keepPrevious: true });
  const codes = useAnswer(listCodes, { query: { search } }, { keepPrevious: true, enabled: search !== '' });
  const navigate = useNavigate();

  const foundTickets = (tickets.data?.tickets ?? []).slice(0, SHOWN).map(
    (ticket): PaletteCommand => ({
      id: ticket.id,
      group: i18n._('Tickets'),
      label: `#${ticket.number} ${ticket.subject}`,
      hint: ticketStatusWords(ticket.status),
      Icon: TicketIcon,
      run: () => void navigate({ to: '/tickets/$ticketId', params: { ticketId: ticket.id } }),
    }),
  );
  const foundCodes = (search === '' ? [] : (codes.data?.codes ?? [])).slice(0, SHOWN).map(
    (code): PaletteCommand => ({
      id: code.id,
      group: i18n._('Codes'),
      label: code.name,
      hint: grouped(code.shortCode),
      Icon: CodeIcon,
      run: () => void navigate({ to: '/codes/$codeId', params: { codeId: code.id } }),
    }),
  );
  return [...matching(fixed, typed), ...foundTickets, ...foundCodes];
}

function useFixedCommands(): readonly PaletteCommand[] {
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const manages = mayManage(me.member);
  const deeds = i18n._('Do');
  const places = i18n._('Go to');
  return [
    {
      id: 'new-ticket',
      group: deeds,
      label: i18n._('New ticket'),
      also: i18n._('create open case'),
      hint: 'c',
      Icon: PlusIcon,
      run: () => void navigate({ to: '/tickets', search: { dialog: 'new' } }),
    },
    ...(manages
      ? [
          {
            id: 'new-code',
            group: deeds,
            label: i18n._('New code'),
            also: i18n._('create machine QR'),
            Icon: CodeIcon,
            run: () => void navigate({ to: '/codes', search: { dialog: 'new' } }),
          },
          {
            id: 'invite',
            group: deeds,
            label: i18n._('Invite a member'),
            also: i18n._('add colleague expert'),
            Icon: MembersIcon,
            run: () => void navigate({ to: '/members', search: { dialog: 'invite' } }),
          },
        ]
      : []),
    ...placesOf(me).map(
      ({ to, label, Icon }): PaletteCommand => ({
        id: to,
        group: places,
        label,
        ...(to === '/inbox' ? { also: i18n._('requests calls waiting answer') } : {}),
        ...(to === '/privacy' ? { also: i18n._('consent retention policies how long kept') } : {}),
        ...(to === '/settings' ? { also: i18n._('direct call office hours requests') } : {}),
        ...(to === '/reports' ? { also: i18n._('ratings stars call quality') } : {}),
        ...(to === '/recordings' ? { also: i18n._('videos consent') } : {}),
        Icon,
        run: () => void navigate({ to }),
      }),
    ),
    {
      id: 'mine',
      group: places,
      label: i18n._('My tickets'),
      also: i18n._('mine assigned'),
      Icon: TicketIcon,
      run: () => void navigate({ to: '/tickets', search: { assignee: me.member.id } }),
    },
    {
      id: 'sign-out',
      group: deeds,
      label: i18n._('Sign out'),
      also: i18n._('leave log out'),
      Icon: SignOutIcon,
      run: () => void signOut(),
    },
  ];
}
