/*
 * The service worker of both builds, one file without imports: shows a push message and opens what it is about. It takes no
 * part in loading pages and keeps nothing.
 */

/** What a service worker has and a page has not, as far as it is used here; the DOM's types are those of pages. */
interface WorkerEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface PushEvent extends WorkerEvent {
  readonly data: { json(): unknown } | null;
}
interface ClickEvent extends WorkerEvent {
  readonly notification: Notification;
}
interface Client {
  readonly url: string;
  readonly visibilityState: DocumentVisibilityState;
  readonly focused: boolean;
  focus(): Promise<unknown>;
}
interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { readonly type: 'window'; readonly includeUncontrolled: true }): Promise<readonly Client[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'push', hear: (event: PushEvent) => void): void;
  addEventListener(name: 'notificationclick', hear: (event: ClickEvent) => void): void;
  addEventListener(name: 'install', hear: (event: WorkerEvent) => void): void;
}
// The one place where this is said: whoever runs this file is a service worker.
const worker = self as unknown as Scope;

const windows = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true });

const textIn = (data: unknown, name: string): string => {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
  return typeof value === 'string' ? value : '';
};

async function show(data: unknown): Promise<void> {
  // Who looks at a page of ours is told there.
  const open = await windows();
  if (open.some(({ focused, visibilityState }) => focused && visibilityState === 'visible')) return;
  const [title, body, path, tag] = ['title', 'text', 'path', 'tag'].map((name) => textIn(data, name));
  await worker.registration.showNotification(title || 'Sightglass', {
    body: body ?? '',
    tag: tag ?? '',
    data: { path },
  });
}

async function open(path: string): Promise<void> {
  // Only addresses of this server's own.
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const there = (await windows()).find((client) => client.url === url.href);
  await (there === undefined ? worker.clients.openWindow(url.href) : there.focus());
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.json())));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(textIn(event.notification.data, 'path')));
});
