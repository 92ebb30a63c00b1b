import { createContext, type ReactNode, useContext } from 'react';
import type { Connection } from '#web/realtime/connection.ts';

const LiveContext = createContext<Connection | null>(null);

/** Gives the pages of a signed-in member the connection on which they hear the server. */
export function LiveProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  return <LiveContext value={connection}>{children}</LiveContext>;
}

/** The connection on which this page hears the server. */
export function useConnection(): Connection {
  const connection = useContext(LiveContext);
  if (connection === null) throw new Error('LiveProvider is missing');
  return connection;
}
