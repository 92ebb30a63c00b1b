import { useRef, useState } from 'react';
import type { Outcome } from '#contract/errors.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';

/**
 * One thing a button does: busy while it runs, trouble in words when it is refused. Its request id stays until it
 * has worked, so pressing again after trouble on the way repeats the same request.
 */
export function useDeed<Reply, Input = void>(deed: (input: Input, requestId: string) => Promise<Outcome<Reply>>) {
  const [state, setState] = useState<{ busy: boolean; trouble: string | null }>({ busy: false, trouble: null });
  const attempt = useRef<{ key: string; requestId: string } | null>(null);
  const running = useRef(false);

  return {
    ...state,
    forget: () => setState({ busy: false, trouble: null }),
    async run(input: Input): Promise<Outcome<Reply> | null> {
      if (running.current) return null;
      running.current = true;
      setState({ busy: true, trouble: null });
      const key = JSON.stringify(input) ?? '';
      if (attempt.current?.key !== key) attempt.current = { key, requestId: newRequestId() };
      const outcome = await deed(input, attempt.current.requestId);
      running.current = false;
      if (outcome.ok || !['unavailable', 'failed'].includes(outcome.code)) attempt.current = null;
      setState({ busy: false, trouble: outcome.ok ? null : refusalWords(outcome) });
      return outcome;
    },
  };
}
