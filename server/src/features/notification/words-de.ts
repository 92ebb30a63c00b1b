import type { Facts, Words } from './said.ts';

const quoted = (words: string): string => (words === '' ? '' : `\n„${words}“`);
const list = (times: readonly string[]): string => times.map((time) => `\n• ${time}`).join('');
const first = (times: readonly string[]): string => times[0] ?? '';
const about = ({ subject }: Facts): string => `„${subject}“`;

export const german: Words = {
  staff: {
    asked: (facts) => ({
      title: `${facts.asker} bittet um eine Videositzung`,
      text: `${about(facts)}${facts.times.length === 0 ? '' : `, gewünscht für ${first(facts.times)}`}${quoted(facts.words)}`,
    }),
    'times-for-staff': (facts) => ({
      title: `${facts.by} schlägt andere Termine vor`,
      text: `Für ${about(facts)}:${list(facts.times)}${quoted(facts.words)}`,
    }),
    'agreed-by-asker': (facts) => ({
      title: `${facts.by} hat einen Termin gewählt`,
      text: `Die Videositzung ${about(facts)} findet statt: ${first(facts.times)}.`,
    }),
    withdrawn: (facts) => ({
      title: `${facts.by} braucht die Videositzung nicht mehr`,
      text: `${about(facts)} wurde zurückgezogen.`,
    }),
    expired: (facts) => ({
      title: 'Eine Anfrage ist abgelaufen',
      text: `Niemand hat mit ${facts.asker} einen Termin für ${about(facts)} vereinbart.`,
    }),
    'not-held': (facts) => ({
      title: 'Eine Videositzung hat nicht stattgefunden',
      text: `${about(facts)} mit ${facts.asker} wurde verpasst.`,
    }),
    near: (facts) => ({
      title: 'Eine Videositzung beginnt bald',
      text: `${about(facts)} mit ${facts.asker}, ${first(facts.times)}.`,
    }),
    'missed-call': (facts) => ({
      title: `Verpasster Anruf von ${facts.asker}`,
      text: `${about(facts)}. Im Eingang steht, was wartet.`,
    }),
    'message-of-customer': (facts) => ({ title: `${facts.by} schreibt in ${about(facts)}`, text: facts.words }),
  },
  customer: {
    accepted: (facts) => ({
      title: `${facts.by} ist bereit für Sie`,
      text: `Die Videositzung ${about(facts)} ist offen: Sie können jetzt hereinkommen.`,
    }),
    'times-for-asker': (facts) => ({
      title: `${facts.by} schlägt Termine für Ihre Videositzung vor`,
      text: `Wählen Sie für ${about(facts)} einen davon oder schlagen Sie andere vor:${list(facts.times)}${quoted(facts.words)}`,
    }),
    'agreed-by-staff': (facts) => ({
      title: 'Ihre Videositzung ist geplant',
      text: `${about(facts)}: ${first(facts.times)}, mit ${facts.by}.`,
    }),
    'agreed-by-asker': (facts) => ({
      title: 'Ihre Videositzung ist geplant',
      text: `${about(facts)}: ${first(facts.times)}, mit ${facts.organization}.`,
    }),
    declined: (facts) => ({
      title: 'Ihre Anfrage wurde abgelehnt',
      text: `${facts.by} kann für ${about(facts)} keine Videositzung anbieten.${quoted(facts.words)}`,
    }),
    'called-off': (facts) => ({
      title: 'Ihre Videositzung wurde abgesagt',
      text: `${facts.by} hat ${about(facts)} abgesagt.${quoted(facts.words)}`,
    }),
    expired: (facts) => ({
      title: 'Ihre Anfrage ist abgelaufen',
      text: `Niemand bei ${facts.organization} konnte einen Termin für ${about(facts)} vereinbaren. Sie können noch einmal anfragen.`,
    }),
    'not-held': (facts) => ({
      title: 'Ihre Videositzung hat nicht stattgefunden',
      text: `${about(facts)} wurde verpasst. Sie können um eine andere bitten.`,
    }),
    near: (facts) => ({
      title: 'Ihre Videositzung beginnt bald',
      text: `${about(facts)}, ${first(facts.times)}.`,
    }),
    'message-of-staff': (facts) => ({ title: `${facts.by} schreibt Ihnen zu ${about(facts)}`, text: facts.words }),
  },
  open: { inbox: 'Eingang öffnen', ticket: 'Ticket öffnen', session: 'Videositzung öffnen' },
  whyStaff: (organization) =>
    `Sie bekommen diese Mail als Mitarbeiter von ${organization}. Auf Ihrer Kontoseite wählen Sie, was per Mail kommt.`,
  whyCustomer: (organization) =>
    `Sie bekommen diese Mail, weil Sie diese Adresse bei Ihrer Anfrage an ${organization} angegeben haben. Auf der Seite Ihres Codes wählen Sie, was per Mail kommt.`,
  test: {
    subject: 'Mails von Sightglass kommen an',
    text: 'Mit dieser Mail wurde der Mailserver ausprobiert. Sie brauchen nichts zu tun.',
    why: 'Sie haben sie auf der Seite Einstellungen angefordert.',
  },
};
