import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { useConnection } from '#web/desk-ui/live-context.tsx';
import { useMe } from '#web/features/access/desk/index.ts';
import type { Outbox } from '#web/stream/outbox.ts';
import { openTicketOutbox } from '../ticket-outbox.ts';

const OutboxContext = createContext<Outbox | null>(null);

/** One outbox per signed-in member: it sends what was written in any ticket, also after the ticket is left. */
export function TicketOutboxProvider({ children }: { children: ReactNode }) {
  const ask = useAsk();
  const connection = useConnection();
  const owner = useMe().member.id;
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  useEffect(() => {
    const life = new AbortController();
    setOutbox(openTicketOutbox(life.signal, { ask, connection, owner }));
    return () => life.abort();
  }, [ask, connection, owner]);
  return outbox === null ? null : <OutboxContext value={outbox}>{children}</OutboxContext>;
}

/** The member's messages that are on their way. */
export function useTicketOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (outbox === null) throw new Error('TicketOutboxProvider is missing');
  return outbox;
}
