import './visit/kernel.ts';
import type { Language } from '#contract/language.ts';
import { hearNotifications } from './features/notification/index.ts';
import { chooseLanguage, matchLanguage } from './i18n.ts';
import { keepsFiles } from './state/kept-mark.ts';

/** The composition root of `/c`, `/c/:link` and `/s/:sessionId`: one page, two screens that don't load each other. */
async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  const isSession = location.pathname.startsWith('/s/');
  const screen = isSession ? import('./features/session/session-page.tsx') : import('./visit/code-page.tsx');
  await chooseLanguage();
  const loaded = await screen;
  if ('mountSession' in loaded) {
    loaded.mountSession(root, readBootstrap(), {
      loadTools: () => import('./tools-main.ts'),
      loadRecord: () => import('./record-main.tsx'),
      hear: (signal, parts) => hearNotifications(signal, { ...parts, beside: true }),
      loadAhead: () => import('./ahead-main.tsx'),
    });
  } else {
    loaded.mountCodePage(root);
    // Taken in a session and not sent yet: every page of ours goes on with it. The session's own pages do so anyway.
    if (keepsFiles()) (await import('./record-main.tsx')).bringKept(new AbortController().signal);
  }
}

/** What the server put into the page; null when it put nothing. Its reader parses it. */
function readBootstrap(): unknown {
  const element = document.getElementById('bootstrap');
  return element === null ? null : JSON.parse(element.textContent ?? 'null');
}

const notLoaded: Readonly<Record<Language, string>> = {
  en: 'This page could not be loaded. Please check your network and load it again.',
  de: 'Diese Seite konnte nicht geladen werden. Bitte prüfen Sie Ihr Netz und laden Sie sie noch einmal.',
};

main().catch((error: unknown) => {
  // The screen's code did not arrive: without it only the page itself can speak.
  const root = document.getElementById('root');
  if (root !== null) root.textContent = notLoaded[matchLanguage(navigator.languages)];
  throw error;
});
