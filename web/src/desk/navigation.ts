import { i18n } from '@lingui/core';
import type { ComponentType } from 'react';
import type { Me } from '#contract/access/http.ts';
import { CodeIcon, MembersIcon, PersonIcon, TicketIcon } from '#web/desk-ui/icons.tsx';
import { mayManage } from '#web/features/access/desk/index.ts';

/** One place of the desk. */
export interface Place {
  readonly to: '/tickets' | '/codes' | '/members' | '/account';
  readonly label: string;
  readonly Icon: ComponentType<{ size?: number }>;
}

/** The places this person has business in; the navigation holds nothing else. */
export function placesOf(me: Me): readonly Place[] {
  return [
    { to: '/tickets', label: i18n._('Tickets'), Icon: TicketIcon },
    { to: '/codes', label: i18n._('Codes'), Icon: CodeIcon },
    ...(mayManage(me.member) ? [{ to: '/members', label: i18n._('Members'), Icon: MembersIcon } as const] : []),
    { to: '/account', label: i18n._('Account'), Icon: PersonIcon },
  ];
}
