import { i18n } from '@lingui/core';
import type { Role } from '#contract/access/http.ts';

/** A role as people say it. */
export function roleWords(role: Role): string {
  switch (role) {
    case 'admin':
      return i18n._('Admin');
    case 'co-admin':
      return i18n._('Co-admin');
    case 'expert':
      return i18n._('Expert');
  }
}

/** What a role is for, in one sentence. */
export function roleMeaning(role: Role): string {
  switch (role) {
    case 'admin':
      return i18n._('Looks after everything, other admins too.');
    case 'co-admin':
      return i18n._('Looks after members and codes.');
    case 'expert':
      return i18n._('Works on tickets and talks to customers.');
  }
}
