import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { signOut } from '#contract/access/http.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { sayTrouble } from '#web/desk-ui/notices.ts';
import { refusalWords } from '#web/http/refusal-words.ts';

/** Signs this browser out and leads to the sign-in. */
export function useSignOut(): () => Promise<void> {
  const ask = useAsk();
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    const outcome = await ask(signOut, { body: {} });
    if (!outcome.ok && outcome.code !== 'not-signed-in') {
      sayTrouble(refusalWords(outcome));
      return;
    }
    await navigate({ to: '/sign-in', replace: true });
    client.clear();
  };
}
