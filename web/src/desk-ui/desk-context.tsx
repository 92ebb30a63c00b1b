import { createContext, type ReactNode, useContext } from 'react';
import type { Ask } from '#web/http/client.ts';

const AskContext = createContext<Ask | null>(null);

/** Gives the desk's pages their way to the server. */
export function AskProvider({ ask, children }: { ask: Ask; children: ReactNode }) {
  return <AskContext value={ask}>{children}</AskContext>;
}

/** The way to the server; never throws. */
export function useAsk(): Ask {
  const ask = useContext(AskContext);
  if (ask === null) throw new Error('AskProvider is missing');
  return ask;
}
