import { i18n } from '@lingui/core';
import type { ComponentType } from 'react';
import type { Me } from '#contract/access/http.ts';
import {
  CodeIcon,
  InboxIcon,
  MembersIcon,
  PersonIcon,
  PrivacyIcon,
  RecordIcon,
  ReportIcon,
  SettingsIcon,
  TicketIcon,
} from '#web/desk-ui/icons.tsx';
import { mayManage } from '#web/features/access/desk/index.ts';
import { InboxCount } from '#web/features/request/desk/index.ts';

/** One place of the desk. */
export interface Place {
  readonly to:
    | '/inbox'
    | '/tickets'
    | '/codes'
    | '/members'
    | '/recordings'
    | '/reports'
    | '/settings'
    | '/privacy'
    | '/account';
  readonly label: string;
  readonly Icon: ComponentType<{ size?: number }>;
  /** Stands beside the name, such as a count. */
  readonly Mark?: ComponentType;
}

/** So many have room at the foot of a phone; where there are more, the last of them opens the rest. */
const ON_PHONE = 5;

/** The places for a phone's foot, and those behind its last button. */
export function onPhone(places: readonly Place[]): {
  readonly shown: readonly Place[];
  readonly more: readonly Place[];
} {
  if (places.length <= ON_PHONE) return { shown: places, more: [] };
  return { shown: places.slice(0, ON_PHONE - 1), more: places.slice(ON_PHONE - 1) };
}

/** The places this person has business in; the navigation holds nothing else. */
export function placesOf(me: Me): readonly Place[] {
  const manages = mayManage(me.member);
  const all: readonly (Place | false)[] = [
    { to: '/inbox', label: i18n._('Inbox'), Icon: InboxIcon, Mark: InboxCount },
    { to: '/tickets', label: i18n._('Tickets'), Icon: TicketIcon },
    { to: '/codes', label: i18n._('Codes'), Icon: CodeIcon },
    manages && { to: '/members', label: i18n._('Members'), Icon: MembersIcon },
    manages && { to: '/recordings', label: i18n._('Recordings'), Icon: RecordIcon },
    { to: '/reports', label: i18n._('Reports'), Icon: ReportIcon },
    manages && { to: '/settings', label: i18n._('Settings'), Icon: SettingsIcon },
    manages && { to: '/privacy', label: i18n._('Privacy'), Icon: PrivacyIcon },
    { to: '/account', label: i18n._('Account'), Icon: PersonIcon },
  ];
  return all.filter((place) => place !== false);
}
