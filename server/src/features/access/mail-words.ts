import type { Role } from '#contract/access/http.ts';
import type { Language } from '#contract/language.ts';
import { limits } from '#contract/limits.ts';
import { formsOf, type Letter } from '../../mail/letter.ts';
import type { Mail } from '../../mail/mail.ts';

type Words = Pick<Letter, 'subject' | 'paragraphs' | 'why'> & { readonly label: string };

interface InvitationFacts {
  readonly organization: string;
  readonly invitedBy: string;
  readonly role: Role;
}

const roles: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
  en: { admin: 'admin', 'co-admin': 'co-admin', expert: 'expert' },
  de: { admin: 'Admin', 'co-admin': 'Co-Admin', expert: 'Experte' },
};

const invitations: Readonly<Record<Language, (facts: InvitationFacts) => Words>> = {
  en: ({ organization, invitedBy, role }) => ({
    subject: `${invitedBy} invites you to ${organization}`,
    paragraphs: [
      `${invitedBy} invites you to join ${organization} on Sightglass as ${roles.en[role]}.`,
      `The link works once, for ${limits.invitationDays} days. There you give your name and choose a password.`,
    ],
    label: 'Accept the invitation',
    why: 'You get this mail because somebody has typed your address there. If you do not expect it, leave it alone.',
  }),
  de: ({ organization, invitedBy, role }) => ({
    subject: `${invitedBy} lädt Sie zu ${organization} ein`,
    paragraphs: [
      `${invitedBy} lädt Sie als ${roles.de[role]} zu ${organization} auf Sightglass ein.`,
      `Der Link gilt einmal und ${limits.invitationDays} Tage lang. Dort geben Sie Ihren Namen an und wählen ein Passwort.`,
    ],
    label: 'Einladung annehmen',
    why: 'Sie bekommen diese Mail, weil dort jemand Ihre Adresse eingegeben hat. Wenn Sie nichts erwarten, lassen Sie sie liegen.',
  }),
};

const resets: Readonly<Record<Language, (organization: string) => Words>> = {
  en: (organization) => ({
    subject: `A new password for ${organization}`,
    paragraphs: [
      `Somebody, most likely you, has asked for a new password for your account at ${organization}.`,
      `The link works once, for ${limits.resetMinutes} minutes. A new password signs you out everywhere.`,
    ],
    label: 'Choose a new password',
    why: 'If you have not asked for it, leave this mail alone: your password stays as it is.',
  }),
  de: (organization) => ({
    subject: `Ein neues Passwort für ${organization}`,
    paragraphs: [
      `Jemand, vermutlich Sie selbst, hat ein neues Passwort für Ihr Konto bei ${organization} angefordert.`,
      `Der Link gilt einmal und ${limits.resetMinutes} Minuten lang. Ein neues Passwort meldet Sie überall ab.`,
    ],
    label: 'Neues Passwort wählen',
    why: 'Wenn Sie es nicht angefordert haben, lassen Sie diese Mail liegen: Ihr Passwort bleibt, wie es ist.',
  }),
};

type Forms = ReturnType<typeof formsOf>;

const write = (language: Language, from: string, { label, ...words }: Words, address: string): Forms =>
  formsOf({ language, from, ...words, link: { label, address } });

/** The mail that brings an invitation's link. */
export const invitationMail = (language: Language, to: string, facts: InvitationFacts, link: string): Mail => ({
  to,
  ...write(language, facts.organization, invitations[language](facts), link),
});

/** The mail that brings a link for a new password. */
export const resetMail = (language: Language, to: string, organization: string, link: string): Mail => ({
  to,
  ...write(language, organization, resets[language](organization), link),
});
