import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import { OfflineIcon } from '#web/desk-ui/icons.tsx';
import { useConnection } from '#web/desk-ui/live-context.tsx';
import { useStore } from '#web/state/use-store.ts';

const PATIENCE_MS = 1_500;

/** Says when the page does not hear the server, and what that means; a short hiccup is not worth a word. */
export function ConnectionBanner() {
  const connection = useConnection();
  const state = useStore(connection.state);
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (state !== 'offline') {
      setLong(false);
      return;
    }
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <div role="status">
      {long ? (
        <div className="connection">
          <OfflineIcon />
          <span className="grow">
            {navigator.onLine
              ? i18n._('No connection to the server. What you see may be old; messages go out when it is back.')
              : i18n._('You are offline. What you see may be old; messages go out when you are back.')}
          </span>
          <button type="button" onClick={connection.reconnect}>
            {i18n._('Try now')}
          </button>
        </div>
      ) : null}
    </div>
  );
}
