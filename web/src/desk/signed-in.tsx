import { i18n } from '@lingui/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { readMe } from '#contract/access/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { LiveProvider } from '#web/desk-ui/live-context.tsx';
import { notices } from '#web/desk-ui/notices.ts';
import { FailedState } from '#web/desk-ui/states.tsx';
import { MeProvider, useMe } from '#web/features/access/desk/index.ts';
import { tellActivity } from '#web/features/direct-call/desk/index.ts';
import { hearNotifications, renewPush } from '#web/features/notification/index.ts';
import { TicketOutboxProvider } from '#web/features/ticket/desk/index.ts';
import { type Connection, openConnection } from '#web/realtime/connection.ts';
import { deviceStorage } from '#web/stream/outbox-drawer.ts';
import { keepFresh } from './live-updates.ts';

/** Lets signed-in members through, with their connection; sends everybody else to the sign-in and back afterwards. */
export function SignedIn({ children }: { children: ReactNode }) {
  const me = useAnswer(readMe, {});
  if (me.state === 'ready')
    return (
      <MeProvider me={me.data}>
        <Live key={me.data.member.id}>{children}</Live>
      </MeProvider>
    );
  if (me.refusal?.code === 'not-signed-in') return <ToSignIn />;
  return (
    <main aria-busy={me.state === 'loading'}>
      {me.state === 'failed' ? <FailedState answer={me} /> : <h1 className="only-heard">{i18n._('Loading')}</h1>}
    </main>
  );
}

/** Leads to the sign-in once, and back to this page afterwards. */
function ToSignIn() {
  const router = useRouter();
  const navigate = useNavigate();
  useEffect(() => {
    const here = router.state.location.href;
    void navigate({ to: '/sign-in', search: here === '/' || here === '/inbox' ? {} : { to: here }, replace: true });
  }, [router, navigate]);
  return null;
}

/** One connection as long as the same member is signed in. */
function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const ask = useAsk();
  const { member } = useMe();
  const [connection, setConnection] = useState<Connection | null>(null);
  useEffect(() => {
    const life = new AbortController();
    const opened = openConnection(life.signal);
    keepFresh(life.signal, opened, client);
    tellActivity(life.signal, opened);
    hearNotifications(life.signal, { connection: opened, toasts: notices });
    setConnection(opened);
    return () => life.abort();
  }, [client]);
  useEffect(() => {
    void renewPush({ ask, owner: member.id, scope: '/', storage: deviceStorage() });
  }, [ask, member.id]);
  if (connection === null) return null;
  return (
    <LiveProvider connection={connection}>
      <TicketOutboxProvider>{children}</TicketOutboxProvider>
    </LiveProvider>
  );
}
