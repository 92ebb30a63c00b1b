import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { listLogins, revokeLogin } from '#contract/access/http.ts';
import type { LoginId } from '#contract/ids.ts';
import { useAnswer, useRefresh } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { Moment } from '#web/desk-ui/moment.tsx';
import { say, sayTrouble } from '#web/desk-ui/notices.ts';
import { FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { refusalWords } from '#web/http/refusal-words.ts';

/** The browsers in which I am signed in. */
export function Logins() {
  const logins = useAnswer(listLogins, {});
  if (logins.state === 'loading') return <LoadingRows rows={2} />;
  if (logins.state === 'failed') return <FailedState answer={logins} />;
  return (
    <ul className="list">
      {logins.data.logins.map((login) => (
        <li key={login.id}>
          <div className="list-main">
            <div className="name">{deviceName(login)}</div>
            <div className="small">
              {login.address}
              {' · '}
              {login.current ? (
                i18n._('this browser')
              ) : (
                <>
                  {i18n._('last seen')} <Moment at={login.lastSeenAt} />
                </>
              )}
            </div>
          </div>
          {login.current ? (
            <span className="pill" data-tone="green">
              {i18n._('Now')}
            </span>
          ) : (
            <Revoke loginId={login.id} device={deviceName(login)} />
          )}
        </li>
      ))}
    </ul>
  );
}

const deviceName = ({ device }: { device: string }) => (device === '' ? i18n._('Unknown browser') : device);

function Revoke({ loginId, device }: { loginId: LoginId; device: string }) {
  const ask = useAsk();
  const refresh = useRefresh();
  const deed = useDeed(() => ask(revokeLogin, { params: { loginId } }));
  return (
    <Button
      variant="default"
      size="xs"
      loading={deed.busy}
      aria-label={i18n._('Sign out {device}', { device })}
      onClick={() => {
        void deed.run().then((outcome) => {
          if (outcome === null) return;
          if (outcome.ok || outcome.code === 'not-found') say(i18n._('{device} is signed out.', { device }));
          else sayTrouble(refusalWords(outcome));
          refresh(listLogins);
        });
      }}
    >
      {i18n._('Sign out')}
    </Button>
  );
}
