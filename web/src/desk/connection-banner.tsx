import { i18n } from '@lingui/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { OfflineIcon } from '#web/desk-ui/icons.tsx';
import { useConnection } from '#web/desk-ui/live-context.tsx';
import { useStore } from '#web/state/use-store.ts';

const PATIENCE_MS = 1_500;

/** Says when the page does not hear the server, and what that means; a short hiccup is not worth a word. */
export function ConnectionBanner() {
  const connection = useConnection();
  const away = useStore(connection.state) === 'offline';
  // The browser knows of a lost network long before the socket misses its heartbeat.
  const hasNetwork = useSyncExternalStore(hearNetwork, () => navigator.onLine);
  const trouble = useLasting(away || !hasNetwork);

  return (
    <div role="status">
      {trouble ? (
        <div className="connection">
          <OfflineIcon />
          <span className="grow">
            {hasNetwork
              ? i18n._('No connection to the server. What you see may be old; messages go out when it is back.')
              : i18n._('You are offline. What you see may be old; messages go out when you are back.')}
          </span>
          {hasNetwork ? (
            <button type="button" onClick={connection.reconnect}>
              {i18n._('Try now')}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

/** True once something has been true for a while, false at once when it is not any more. */
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [now]);
  return now && lasting;
}

function hearNetwork(tell: () => void): () => void {
  const life = new AbortController();
  window.addEventListener('online', tell, { signal: life.signal });
  window.addEventListener('offline', tell, { signal: life.signal });
  return () => life.abort();
}
