import * as notifications from '#contract/notification/http.ts';
import { fresh, type Row } from './access-row.ts';

const everybodyKnown = 'login login ok ok ok ok ok ok ok';
const managers = 'login login no ok ok none none none none';
const missing = 'nothing is named';
const endpoint = 'https://fcm.googleapis.com/fcm/send/abc';
const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) };

/** What somebody is told of is their own; how mails leave the server is for managers. */
export const notificationRows: readonly Row[] = [
  { route: notifications.readPreferences, answers: everybodyKnown, wish: () => ({}), missing },
  {
    route: notifications.changePreferences,
    answers: everybodyKnown,
    wish: () => ({ body: notifications.defaultPreferences }),
    missing,
  },
  { route: notifications.pushKey, answers: everybodyKnown, wish: () => ({}), missing },
  {
    route: notifications.subscribeToPush,
    answers: everybodyKnown,
    wish: () => ({ body: { endpoint, keys } }),
    missing,
  },
  {
    route: notifications.subscribeToPush,
    when: 'at an address that is no push service',
    answers: 'login login malformed malformed malformed malformed malformed malformed malformed',
    wish: () => ({ body: { endpoint: 'https://10.0.0.1/inside', keys } }),
    missing,
  },
  {
    route: notifications.unsubscribeFromPush,
    answers: everybodyKnown,
    wish: () => ({ query: { endpoint } }),
    missing,
  },
  { route: notifications.readMailState, answers: managers, wish: () => ({}), missing },
  { route: notifications.sendTestMail, answers: managers, wish: () => ({ body: fresh() }), missing },
];
