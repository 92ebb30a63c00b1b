import { setVisibility } from '#contract/session/visibility.ts';
import { isOpen } from '#core/session/lifecycle.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { useStore } from '#web/state/use-store.ts';
import { VisibilitySwitch } from '#web/ui/visibility.tsx';
import type { SessionModel } from './session-model.ts';

/** A4: who can see this session, and the way to change it; nothing for those who are not employees. */
export function VisibilityPart({ ask, facts }: { readonly ask: Ask; readonly facts: SessionModel }) {
  const { id, isPublic, you } = useStore(facts.session);
  const { status } = useStore(facts.log);
  if (you.as !== 'expert') return null;
  return (
    <VisibilitySwitch
      isPublic={isPublic}
      isOpen={status !== null && isOpen(status)}
      set={async (to) => {
        const reply = await ask(setVisibility, { params: { sessionId: id }, body: { requestId: newRequestId(), to } });
        // The log says it too, to every employee's page.
        return reply.ok ? null : reply;
      }}
    />
  );
}
