import type { Notification } from '#contract/notification/http.ts';
import type { Connection } from '#web/realtime/connection.ts';
import type { Toasts } from '#web/ui/toast-model.ts';

/** Whether a page at `here` shows what `path` leads to: the very page, and the very place on it where the path names one. */
export function isAt(here: Pick<Location, 'origin' | 'pathname' | 'hash'>, path: string): boolean {
  const there = new URL(path, here.origin);
  return there.pathname === here.pathname && (there.hash === '' || there.hash === here.hash);
}

interface HearParts {
  readonly connection: Pick<Connection, 'on'>;
  readonly toasts: Toasts;
  /** Links open beside this page, which must not be left. */
  readonly beside?: boolean;
}

/** C4, the way `page`: says what is told, unless it is about what the person is looking at. */
export function hearNotifications(signal: AbortSignal, { connection, toasts, beside = false }: HearParts): void {
  const say = ({ title, text, path }: Notification) => {
    if (isAt(location, path)) return;
    toasts.say(`${title}. ${text.replaceAll('\n', ' ')}`, 'plain', { path, beside });
  };
  connection.on(signal, 'notified', (told) => {
    if (!document.hidden) return say(told);
    // Said when somebody looks again: by then it would be gone.
    document.addEventListener('visibilitychange', () => say(told), { once: true, signal });
  });
  // Whoever has come to what it is about sees it: there it would only lie over the page.
  const clear = () => {
    for (const { id, link } of toasts.get()) if (link !== null && isAt(location, link.path)) toasts.dismiss(id);
  };
  addEventListener('hashchange', clear, { signal });
}
