import { i18n } from '@lingui/core';
import type { ComponentType } from 'react';
import type { Me } from '#contract/access/http.ts';
import {
  CodeIcon,
  MembersIcon,
  PersonIcon,
  PrivacyIcon,
  RecordIcon,
  SettingsIcon,
  TicketIcon,
} from '#web/desk-ui/icons.tsx';
import { mayManage } from '#web/features/access/desk/index.ts';

/** One place of the desk. */
export interface Place {
  readonly to: '/tickets' | '/codes' | '/members' | '/recordings' | '/settings' | '/privacy' | '/account';
  readonly label: string;
  readonly Icon: ComponentType<{ size?: number }>;
  /** On a phone it is reached from another place: five have room there. */
  readonly inside?: boolean;
}

/** The places this person has business in; the navigation holds nothing else. */
export function placesOf(me: Me): readonly Place[] {
  const manages = mayManage(me.member);
  const all: readonly (Place | false)[] = [
    { to: '/tickets', label: i18n._('Tickets'), Icon: TicketIcon },
    { to: '/codes', label: i18n._('Codes'), Icon: CodeIcon },
    manages && { to: '/members', label: i18n._('Members'), Icon: MembersIcon },
    manages && { to: '/recordings', label: i18n._('Recordings'), Icon: RecordIcon },
    manages && { to: '/settings', label: i18n._('Settings'), Icon: SettingsIcon, inside: true },
    manages && { to: '/privacy', label: i18n._('Privacy'), Icon: PrivacyIcon, inside: true },
    { to: '/account', label: i18n._('Account'), Icon: PersonIcon },
  ];
  return all.filter((place) => place !== false);
}
