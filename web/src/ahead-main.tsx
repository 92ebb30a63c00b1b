import { CallAhead } from './features/direct-call/call-ahead-page.tsx';
import { SessionAhead as RequestAhead } from './features/request/session-ahead-page.tsx';
import type { AheadProps } from './features/session/index.ts';
import { useStore } from './state/use-store.ts';

/** What stands in the place of a session that is not on: the caller's own call, or what was asked for. */
export function SessionAhead(props: AheadProps) {
  const { origin, you } = useStore(props.host.facts.session);
  return origin === 'direct call' && you.as === 'codeUser' ? <CallAhead {...props} /> : <RequestAhead {...props} />;
}
