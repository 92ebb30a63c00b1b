import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import type * as z from 'zod/mini';
import { type Invitation, listInvitations, revokeInvitation } from '#contract/access/http.ts';
import { useAnswer, useRefresh } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say, sayTrouble } from '#web/desk-ui/notices.ts';
import { FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { dayWords } from '#web/ui/time-words.ts';
import { roleWords } from './role-words.ts';

/** Invitations that nobody has accepted yet. */
export function Invitations() {
  const answer = useAnswer(listInvitations, {});
  if (answer.state === 'loading') return <LoadingRows rows={1} />;
  if (answer.state === 'failed') return <FailedState answer={answer} />;
  const { invitations } = answer.data;
  if (invitations.length === 0) return <p className="nothing">{i18n._('Nobody is invited at the moment.')}</p>;
  return (
    <ul className="list">
      {invitations.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} />
      ))}
    </ul>
  );
}

function InvitationRow({ invitation }: { invitation: z.infer<typeof Invitation> }) {
  const ask = useAsk();
  const refresh = useRefresh();
  const { email } = invitation;
  const withdraw = useDeed(() => ask(revokeInvitation, { params: { invitationId: invitation.id } }));
  return (
    <li>
      <div className="list-main">
        <div className="name clip">{email}</div>
        <div className="small">
          {i18n._('{role}, invited by {name}, until {day}', {
            role: roleWords(invitation.role),
            name: invitation.invitedBy,
            day: dayWords(invitation.expiresAt, new Date()),
          })}
        </div>
      </div>
      <Button
        variant="default"
        size="xs"
        loading={withdraw.busy}
        aria-label={i18n._('Withdraw the invitation of {email}', { email })}
        onClick={() => {
          void withdraw.run().then((outcome) => {
            if (outcome === null) return;
            if (outcome.ok || outcome.code === 'not-found')
              say(i18n._('The invitation of {email} is withdrawn.', { email }));
            else sayTrouble(refusalWords(outcome));
            refresh(listInvitations);
          });
        }}
      >
        {i18n._('Withdraw')}
      </Button>
    </li>
  );
}
