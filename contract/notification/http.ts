import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';

/** C4: what one can be told of. Members: all but `answer`. Code users: `answer`, `message`, `reminder`. */
export const NotificationKind = z.enum(['request', 'answer', 'reminder', 'missed-call', 'message']);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** `page`: a line on every open page. `push`: by the browser, also with no page open. */
export const NotificationWay = z.enum(['page', 'push', 'mail']);
export type NotificationWay = z.infer<typeof NotificationWay>;

const Ways = z.object({ page: z.boolean(), push: z.boolean(), mail: z.boolean() });
/** What comes which way. Mail to a code user goes to the address left with a request, if there is one. */
export const Preferences = z.object({
  request: Ways,
  answer: Ways,
  reminder: Ways,
  'missed-call': Ways,
  message: Ways,
});
export type Preferences = z.infer<typeof Preferences>;

/** As they are before somebody chooses. */
export const defaultPreferences: Preferences = {
  request: { page: true, push: true, mail: true },
  answer: { page: true, push: true, mail: true },
  reminder: { page: true, push: true, mail: true },
  'missed-call': { page: true, push: true, mail: true },
  message: { page: true, push: true, mail: false },
};

export const readPreferences = defineRoute({
  method: 'GET',
  path: '/api/notifications/preferences',
  reply: Preferences,
});
export const changePreferences = defineRoute({
  method: 'PUT',
  path: '/api/notifications/preferences',
  body: Preferences,
  reply: Preferences,
});

/** What a page says; words are made where they are shown. `path` is where it leads. */
export const Notification = z.object({
  kind: NotificationKind,
  /** In the receiver's language, nothing internal in it. */
  title: z.string(),
  text: z.string(),
  path: z.string(),
});
export type Notification = z.infer<typeof Notification>;

const base64url = (min: number, max: number) =>
  z.string().check(z.regex(/^[A-Za-z0-9_-]+=*$/), z.minLength(min), z.maxLength(max));
/** As browsers give it: plain characters only, which the database keeps as they are. */
const Endpoint = z.url({ protocol: /^https$/ }).check(z.maxLength(1_000), z.regex(/^[!-~]+$/));
/** As `PushSubscription.toJSON()` gives it. */
export const PushSubscription = z.object({
  endpoint: Endpoint,
  keys: z.object({ p256dh: base64url(80, 100), auth: base64url(16, 32) }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;
export const pushKey = defineRoute({
  method: 'GET',
  path: '/api/notifications/push-key',
  reply: z.object({ publicKey: z.string() }),
});
export const subscribeToPush = defineRoute({
  method: 'PUT',
  path: '/api/notifications/push',
  body: PushSubscription,
});
export const unsubscribeFromPush = defineRoute({
  method: 'DELETE',
  path: '/api/notifications/push',
  query: z.object({ endpoint: Endpoint }),
});

/** Managers: how mails leave this server. `folder`: no SMTP server is set, they lie in a folder of the server's. */
export const readMailState = defineRoute({
  method: 'GET',
  path: '/api/mail',
  reply: z.object({
    delivery: z.enum(['smtp', 'folder']),
    from: z.string(),
    waiting: z.int(),
    /** The last thing that a mail server refused, if nothing was delivered since. */
    lastFailure: z.nullable(z.object({ at: z.iso.datetime(), reason: z.string() })),
  }),
});
/** Managers: sends one to their own address. */
export const sendTestMail = defineRoute({ method: 'POST', path: '/api/mail/test', body: z.object({}) });
