import { useEffect, useState } from 'react';
import type { Ticket } from '#contract/ticket/http.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { useConnection } from '#web/desk-ui/live-context.tsx';
import { useMe } from '#web/features/access/desk/index.ts';
import { type Messenger, openMessenger } from '../messenger-model.ts';
import { useTicketOutbox } from './outbox-context.tsx';

/** The Messenger of a ticket while its page is open; it begins where the ticket stood when the page was opened. */
export function useMessenger(opened: Ticket): Messenger | null {
  const ask = useAsk();
  const connection = useConnection();
  const outbox = useTicketOutbox();
  const myId = useMe().member.id;
  const [ticket] = useState(opened);
  const [messenger, setMessenger] = useState<Messenger | null>(null);
  useEffect(() => {
    const life = new AbortController();
    setMessenger(openMessenger(life.signal, { ask, connection, outbox, ticket, myId }));
    return () => life.abort();
  }, [ask, connection, outbox, ticket, myId]);
  return messenger;
}
