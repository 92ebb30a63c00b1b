import type { Facts, Words } from './said.ts';

/** Somebody's own words, where there are any. */
const quoted = (words: string): string => (words === '' ? '' : `\n“${words}”`);
const list = (times: readonly string[]): string => times.map((time) => `\n• ${time}`).join('');
const first = (times: readonly string[]): string => times[0] ?? '';
const about = ({ subject }: Facts): string => `“${subject}”`;

export const english: Words = {
  staff: {
    asked: (facts) => ({
      title: `${facts.asker} asks for a video session`,
      text: `${about(facts)}${facts.times.length === 0 ? '' : `, wished for ${first(facts.times)}`}${quoted(facts.words)}`,
    }),
    'times-for-staff': (facts) => ({
      title: `${facts.by} proposes other times`,
      text: `For ${about(facts)}:${list(facts.times)}${quoted(facts.words)}`,
    }),
    'agreed-by-asker': (facts) => ({
      title: `${facts.by} has picked a time`,
      text: `The video session ${about(facts)} is on ${first(facts.times)}.`,
    }),
    withdrawn: (facts) => ({
      title: `${facts.by} does not need the video session any more`,
      text: `${about(facts)} was withdrawn.`,
    }),
    expired: (facts) => ({
      title: 'A request has expired',
      text: `Nobody has agreed on a time with ${facts.asker} for ${about(facts)}.`,
    }),
    'not-held': (facts) => ({
      title: 'A video session did not take place',
      text: `${about(facts)} with ${facts.asker} was missed.`,
    }),
    near: (facts) => ({
      title: 'A video session begins soon',
      text: `${about(facts)} with ${facts.asker}, ${first(facts.times)}.`,
    }),
    'missed-call': (facts) => ({
      title: `Missed call from ${facts.asker}`,
      text: `${about(facts)}. See the inbox for what waits.`,
    }),
    'message-of-customer': (facts) => ({ title: `${facts.by} writes in ${about(facts)}`, text: facts.words }),
  },
  customer: {
    accepted: (facts) => ({
      title: `${facts.by} is ready for you`,
      text: `The video session ${about(facts)} is open: come in now.`,
    }),
    'times-for-asker': (facts) => ({
      title: `${facts.by} proposes times for your video session`,
      text: `For ${about(facts)}, pick one or propose others:${list(facts.times)}${quoted(facts.words)}`,
    }),
    'agreed-by-staff': (facts) => ({
      title: 'Your video session is planned',
      text: `${about(facts)}: ${first(facts.times)}, with ${facts.by}.`,
    }),
    'agreed-by-asker': (facts) => ({
      title: 'Your video session is planned',
      text: `${about(facts)}: ${first(facts.times)}, with ${facts.organization}.`,
    }),
    declined: (facts) => ({
      title: 'Your request was declined',
      text: `${facts.by} can’t offer a video session for ${about(facts)}.${quoted(facts.words)}`,
    }),
    'called-off': (facts) => ({
      title: 'Your video session was called off',
      text: `${facts.by} has called off ${about(facts)}.${quoted(facts.words)}`,
    }),
    expired: (facts) => ({
      title: 'Your request has expired',
      text: `Nobody at ${facts.organization} could agree on a time for ${about(facts)}. You can ask again.`,
    }),
    'not-held': (facts) => ({
      title: 'Your video session did not take place',
      text: `${about(facts)} was missed. You can ask for another one.`,
    }),
    near: (facts) => ({
      title: 'Your video session begins soon',
      text: `${about(facts)}, ${first(facts.times)}.`,
    }),
    'message-of-staff': (facts) => ({ title: `${facts.by} writes to you about ${about(facts)}`, text: facts.words }),
  },
  open: { inbox: 'Open the inbox', ticket: 'Open the ticket', session: 'Open the video session' },
  whyStaff: (organization) =>
    `You get this mail as a member of ${organization}. On your account page you choose what comes by mail.`,
  whyCustomer: (organization) =>
    `You get this mail because you left this address with your request to ${organization}. On your code’s page you choose what comes by mail.`,
  test: {
    subject: 'Mails from Sightglass arrive',
    text: 'This mail was sent to try out the mail server. There is nothing to do.',
    why: 'You have asked for it on the page Settings.',
  },
};
