import '../ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { hearNotifications } from '#web/features/notification/index.ts';
import { createAsk } from '#web/http/client.ts';
import { language } from '#web/i18n.ts';
import { openConnection } from '#web/realtime/connection.ts';
import { watchTrouble } from '#web/realtime/trouble.ts';
import { watch } from '#web/state/store.ts';
import { deviceStorage } from '#web/stream/outbox-drawer.ts';
import { createToasts } from '#web/ui/toast-model.ts';
import { keyOfPath } from './code-key.ts';
import { openCodePage } from './code-page-model.ts';
import { CodeScreen } from './code-screen.tsx';
import { watchPlace } from './place.ts';

/** Puts the customer's page together and shows it. It lives as long as the browser's tab. */
export function mountCodePage(root: HTMLElement): void {
  const { signal } = new AbortController();
  const ask = createAsk({ as: 'code' });
  const connection = openConnection(signal, { as: 'code' });
  const page = openCodePage(signal, {
    ask,
    connection,
    key: keyOfPath(location.pathname),
    storage: deviceStorage(),
    showPath: (path) => history.replaceState(null, '', path + location.hash),
  });
  const toasts = createToasts(signal);
  hearNotifications(signal, { connection, toasts });
  const parts = { ask, connection, page, place: watchPlace(signal), trouble: watchTrouble(signal, connection), toasts };
  const screen = createRoot(root);
  watch(signal, language, () => screen.render(<CodeScreen parts={parts} />));
}
