import type { CaseWords } from './words.ts';

const because = (reason: string | null) => (reason === null || reason === '' ? '' : `: „${reason}“`);

const ticketStatus: CaseWords['ticketStatus'] = {
  open: 'Offen',
  'in-progress': 'In Arbeit',
  waiting: 'Wartet auf Antwort',
  resolved: 'Gelöst',
  closed: 'Geschlossen',
};

const sessionStatus: CaseWords['sessionStatus'] = {
  requested: 'Angefragt',
  accepted: 'Angenommen',
  scheduled: 'Geplant',
  waiting: 'Wartet',
  live: 'Läuft',
  ended: 'Beendet',
  rated: 'Beendet',
  declined: 'Abgelehnt',
  cancelled: 'Abgesagt',
  missed: 'Verpasst',
  expired: 'Abgelaufen',
};

const wentWrong = { picture: 'Bild', sound: 'Ton', waiting: 'Wartezeit', help: 'Hilfe' } as const;

export const german: CaseWords = {
  locale: 'de-DE',
  ticket: (number) => `Ticket ${number}`,
  page: (number) => `Seite ${number}`,
  asOf: (when) => `Stand: ${when}`,
  facts: {
    status: 'Status',
    code: 'Code',
    assignee: 'Zuständig',
    openedBy: 'Eröffnet von',
    openedAt: 'Eröffnet am',
    none: 'Keiner',
  },
  ticketStatus,
  session: {
    title: 'Videositzung',
    status: 'Status',
    when: 'Wann',
    lasted: 'Dauer',
    people: 'Wer',
    rating: 'Bewertung',
    visibility: 'Sichtbar für',
    internal: 'Nur Mitarbeiter',
    transcript: 'Verlauf',
    pictures: 'Bildschirmfotos',
    recordings: 'Aufzeichnungen',
    stars: (mean) => `${mean} von 5`,
    erased: (when) => `Der Inhalt dieser Sitzung wurde am ${when} gelöscht.`,
  },
  sessionStatus,
  recordingState: {
    asking: 'Zustimmung wird erfragt',
    agreed: 'beginnt gleich',
    recording: 'wird aufgezeichnet',
    paused: 'angehalten',
    interrupted: 'unterbrochen',
    finishing: 'Datei wird erstellt',
    ready: 'kann in Sightglass angesehen werden',
    failed: 'konnte nicht gesichert werden',
    declined: 'kam nicht zustande',
    erased: 'gelöscht',
  },
  recording: (number, by, when) => `Aufzeichnung ${number}, gestartet von ${by}, ${when}`,
  picture: (number, by, when) => `Bildschirmfoto ${number}, ${by}, ${when}`,
  pictureMissing: 'Dieses Bild kann hier nicht gezeigt werden.',
  pictureErased: 'gelöscht',
  pictureSmall: 'kleine Fassung',
  inTicket: (body, name) => {
    switch (body.kind) {
      case 'ticket-opened':
        return `${name} hat dieses Ticket eröffnet: ${body.subject}`;
      case 'message-said':
        return body.text;
      case 'status-changed':
        return `${name} hat den Status auf „${ticketStatus[body.to]}“ gesetzt`;
      case 'assignee-changed':
        return body.to === null
          ? 'Niemand ist mehr für dieses Ticket zuständig'
          : `${body.to.name} ist für dieses Ticket zuständig`;
      case 'code-changed':
        return body.to === null
          ? `${name} hat das Ticket von seinem Code gelöst`
          : `${name} hat das Ticket zu ${body.to.name} verschoben`;
      case 'subject-changed':
        return `${name} hat den Betreff in „${body.to}“ geändert`;
      case 'session-created':
        return `${name} hat eine Videositzung gestartet`;
      case 'session-linked':
        return `${name} hat diesem Ticket eine Videositzung zugeordnet`;
      case 'session-unlinked':
        return `${name} hat eine Videositzung aus diesem Ticket entfernt`;
    }
  },
  inSession: (body, name, when) => {
    switch (body.kind) {
      case 'message-said':
        return body.text;
      case 'session-created':
        return `${name} hat die Sitzung angelegt`;
      case 'ticket-linked':
        return `Zugeordnet zu Ticket ${body.ticket.number}: ${body.ticket.subject}`;
      case 'ticket-unlinked':
        return `Entfernt aus Ticket ${body.ticket.number}: ${body.ticket.subject}`;
      case 'visibility-changed':
        return body.to === 'internal'
          ? `${name} hat die Sitzung nur für Mitarbeiter sichtbar gemacht`
          : `${name} hat die Sitzung für den Kunden sichtbar gemacht`;
      case 'session-rated': {
        const wrong = body.wentWrong.map((one) => wentWrong[one]).join(', ');
        const said = body.comment === '' ? '' : ` „${body.comment}“`;
        return `${name} hat die Sitzung mit ${body.stars} von 5 bewertet${wrong === '' ? '' : ` (Mängel: ${wrong})`}${said}`;
      }
      case 'status-changed':
        return body.from === null ? null : `${sessionStatus[body.to]}${because(body.reason)}`;
      case 'participant-joined':
        return `${body.name} ist dabei`;
      case 'participant-left':
        return body.reason === 'connection-lost'
          ? `Die Verbindung zu ${body.name} ist abgerissen`
          : `${body.name} ist gegangen`;
      case 'session-erased':
        return 'Der Inhalt dieser Sitzung wurde gelöscht: ihre Frist war um';
      case 'session-requested': {
        const time = body.wishedAt === null ? '' : ` für ${when(body.wishedAt)}`;
        return `${name} hat um eine Videositzung gebeten${time}${because(body.words)}`;
      }
      case 'times-proposed':
        return `${name} hat vorgeschlagen: ${body.times.map(when).join(' · ')}${because(body.words)}`;
      case 'time-agreed':
        return `${name} hat ${when(body.at)} zugesagt`;
      case 'screenshot-taken':
        return `${name} hat Bildschirmfoto ${body.number} gemacht`;
      case 'screenshot-erased':
        return `Bildschirmfoto ${body.number} wurde gelöscht`;
      case 'recording-began':
        return 'Die Aufzeichnung hat begonnen';
      case 'recording-ended':
        return 'Die Aufzeichnung ist zu Ende';
      case 'recording-answered':
        return {
          yes: `${body.name} hat zugestimmt`,
          no: `${body.name} hat abgelehnt`,
          withdrawn: `${body.name} hat die Zustimmung zurückgenommen`,
        }[body.answer].concat(' (Aufzeichnung)');
      default:
        return null;
    }
  },
};
