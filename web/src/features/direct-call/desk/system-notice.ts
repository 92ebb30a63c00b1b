/** Shows a call outside of the page while the page is not seen, where the person has allowed it. Gone with the signal. */
export function noticeOutside(
  signal: AbortSignal,
  { tag, title, text }: { readonly tag: string; readonly title: string; readonly text: string },
): void {
  const show = () => {
    if (signal.aborted || !document.hidden || typeof Notification === 'undefined') return;
    if (Notification.permission !== 'granted') return;
    try {
      // Several pages with one tag make one notice.
      const notice = new Notification(title, { body: text, tag, requireInteraction: true });
      notice.addEventListener('click', () => window.focus());
      signal.addEventListener('abort', () => notice.close(), { once: true });
    } catch {
      // Some browsers on phones let only a service worker do this.
    }
  };
  show();
  document.addEventListener('visibilitychange', show, { signal });
}
