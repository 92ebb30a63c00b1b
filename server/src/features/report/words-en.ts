import type { CaseWords } from './words.ts';

const because = (reason: string | null) => (reason === null || reason === '' ? '' : `: “${reason}”`);

const ticketStatus: CaseWords['ticketStatus'] = {
  open: 'Open',
  'in-progress': 'Being worked on',
  waiting: 'Waiting for an answer',
  resolved: 'Solved',
  closed: 'Closed',
};

const sessionStatus: CaseWords['sessionStatus'] = {
  requested: 'Requested',
  accepted: 'Accepted',
  scheduled: 'Scheduled',
  waiting: 'Waiting',
  live: 'In progress',
  ended: 'Ended',
  rated: 'Ended',
  declined: 'Declined',
  cancelled: 'Cancelled',
  missed: 'Missed',
  expired: 'Expired',
};

const wentWrong = { picture: 'picture', sound: 'sound', waiting: 'waiting', help: 'help' } as const;

export const english: CaseWords = {
  locale: 'en-GB',
  ticket: (number) => `Ticket ${number}`,
  page: (number) => `Page ${number}`,
  asOf: (when) => `As of ${when}`,
  facts: {
    status: 'Status',
    code: 'Code',
    assignee: 'Assignee',
    openedBy: 'Opened by',
    openedAt: 'Opened',
    none: 'None',
  },
  ticketStatus,
  session: {
    title: 'Video session',
    status: 'Status',
    when: 'When',
    lasted: 'How long',
    people: 'Who',
    rating: 'Rating',
    visibility: 'Visible to',
    internal: 'Employees only',
    transcript: 'Transcript',
    pictures: 'Screenshots',
    recordings: 'Recordings',
    stars: (mean) => `${mean} of 5`,
    erased: (when) => `Everything in this session was erased on ${when}.`,
  },
  sessionStatus,
  recordingState: {
    asking: 'people are being asked',
    agreed: 'is about to begin',
    recording: 'is being recorded',
    paused: 'paused',
    interrupted: 'interrupted',
    finishing: 'its file is being made',
    ready: 'can be watched in Sightglass',
    failed: 'nothing could be kept',
    declined: 'was not made',
    erased: 'erased',
  },
  recording: (number, by, when) => `Recording ${number}, started by ${by}, ${when}`,
  picture: (number, by, when) => `Screenshot ${number}, ${by}, ${when}`,
  pictureMissing: 'This picture can’t be shown here.',
  pictureErased: 'erased',
  pictureSmall: 'small version',
  inTicket: (body, name) => {
    switch (body.kind) {
      case 'ticket-opened':
        return `${name} opened this ticket: ${body.subject}`;
      case 'message-said':
        return body.text;
      case 'status-changed':
        return `${name} changed the status to “${ticketStatus[body.to]}”`;
      case 'assignee-changed':
        return body.to === null
          ? 'Nobody is in charge of this ticket any more'
          : `${body.to.name} is in charge of this ticket`;
      case 'code-changed':
        return body.to === null
          ? `${name} removed the ticket from its code`
          : `${name} moved the ticket to ${body.to.name}`;
      case 'subject-changed':
        return `${name} changed the subject to “${body.to}”`;
      case 'session-created':
        return `${name} started a video session`;
      case 'session-linked':
        return `${name} attached a video session to this ticket`;
      case 'session-unlinked':
        return `${name} removed a video session from this ticket`;
    }
  },
  inSession: (body, name, when) => {
    switch (body.kind) {
      case 'message-said':
        return body.text;
      case 'session-created':
        return `${name} created the session`;
      case 'ticket-linked':
        return `Linked to ticket ${body.ticket.number}: ${body.ticket.subject}`;
      case 'ticket-unlinked':
        return `Removed from ticket ${body.ticket.number}: ${body.ticket.subject}`;
      case 'visibility-changed':
        return body.to === 'internal'
          ? `${name} made the session visible to employees only`
          : `${name} made the session visible to the customer`;
      case 'session-rated': {
        const wrong = body.wentWrong.map((one) => wentWrong[one]).join(', ');
        const said = body.comment === '' ? '' : ` “${body.comment}”`;
        return `${name} rated the session ${body.stars} of 5${wrong === '' ? '' : ` (went wrong: ${wrong})`}${said}`;
      }
      case 'status-changed':
        return body.from === null ? null : `${sessionStatus[body.to]}${because(body.reason)}`;
      case 'participant-joined':
        return `${body.name} joined`;
      case 'participant-left':
        return body.reason === 'connection-lost' ? `The connection to ${body.name} was lost` : `${body.name} left`;
      case 'session-erased':
        return 'What was in this session was erased: its time was over';
      case 'session-requested': {
        const time = body.wishedAt === null ? '' : ` for ${when(body.wishedAt)}`;
        return `${name} asked for a video session${time}${because(body.words)}`;
      }
      case 'times-proposed':
        return `${name} proposed ${body.times.map(when).join(' · ')}${because(body.words)}`;
      case 'time-agreed':
        return `${name} agreed to ${when(body.at)}`;
      case 'screenshot-taken':
        return `${name} took screenshot ${body.number}`;
      case 'screenshot-erased':
        return `Screenshot ${body.number} was erased`;
      case 'recording-began':
        return 'The recording began';
      case 'recording-ended':
        return 'The recording ended';
      case 'recording-answered':
        return { yes: `${body.name} agreed`, no: `${body.name} said no`, withdrawn: `${body.name} took it back` }[
          body.answer
        ].concat(' (recording)');
      default:
        return null;
    }
  },
};
