import { useQueryClient } from '@tanstack/react-query';
import type { CodeId, MemberId, TicketId } from '#contract/ids.ts';
import type { TicketStatus } from '#contract/ticket/events.ts';
import { listTickets, readTicket, updateTicket } from '#contract/ticket/http.ts';
import { keyOf, useRefresh } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say, sayTrouble } from '#web/desk-ui/notices.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { refusalWords } from '#web/http/refusal-words.ts';

interface Wish {
  readonly subject?: string;
  readonly status?: TicketStatus;
  readonly assignee?: MemberId | null;
  readonly code?: CodeId | null;
}

export interface TicketChange {
  readonly busy: boolean;
  /** Changes the ticket and says so; true when it worked. */
  run(wish: Wish, done: string): Promise<boolean>;
}

/** Changes of one ticket; what the server made of them is on the screen at once. */
export function useTicketChange(ticketId: TicketId): TicketChange {
  const ask = useAsk();
  const client = useQueryClient();
  const refresh = useRefresh();
  const deed = useDeed((wish: Wish, requestId) =>
    ask(updateTicket, { params: { ticketId }, body: { requestId, ...wish } }),
  );
  return {
    busy: deed.busy,
    async run(wish, done) {
      const outcome = await deed.run(wish);
      if (outcome === null) return false;
      if (outcome.ok) {
        client.setQueryData(keyOf(readTicket, { params: { ticketId } }), outcome.value);
        say(done);
      } else sayTrouble(refusalWords(outcome));
      refresh(listTickets);
      return outcome.ok;
    },
  };
}
