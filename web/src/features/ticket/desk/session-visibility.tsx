import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { listTicketSessions, type SessionSummary } from '#contract/session/http.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import { isOpen } from '#core/session/lifecycle.ts';
import { keyOf } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { newRequestId } from '#web/http/request-id.ts';
import { VisibilityDialog } from '#web/ui/visibility.tsx';
import { visibilityWords } from '#web/ui/visibility-words.ts';

/** A4: who can see a session of a ticket; the words are the button that changes it. */
export function SessionVisibility({ session }: { readonly session: SessionSummary }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="text-button small" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {visibilityWords(session.isPublic)}
      </button>
      {asking ? <SessionVisibilityDialog session={session} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

interface DialogProps {
  readonly session: SessionSummary;
  readonly onClose: () => void;
}

/** Asks, hides the session or shows it again, and has the ticket's sessions read anew. */
export function SessionVisibilityDialog({ session, onClose }: DialogProps) {
  const { id, isPublic, ticketId, status } = session;
  const ask = useAsk();
  const client = useQueryClient();
  return (
    <VisibilityDialog
      isPublic={isPublic}
      isOpen={isOpen(status)}
      onClose={onClose}
      set={async (to) => {
        const body = { requestId: newRequestId(), to };
        const reply = await ask(setVisibility, { params: { sessionId: id }, body });
        if (!reply.ok) return reply;
        if (ticketId !== null) {
          await client.invalidateQueries({ queryKey: keyOf(listTicketSessions, { params: { ticketId } }) });
        }
        return null;
      }}
    />
  );
}
