import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { Navigate } from '@tanstack/react-router';
import { listMembers } from '#contract/access/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { PlusIcon } from '#web/desk-ui/icons.tsx';
import { Page, Section } from '#web/desk-ui/page.tsx';
import { FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { regionTag } from '#web/i18n.ts';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { useMe } from './me.tsx';
import { MemberRow } from './member-row.tsx';
import { mayManage } from './member-rules.ts';

/** Everybody with a login, and those who are invited. */
export function MembersPage({ inviting, onInviting }: { inviting: boolean; onInviting(open: boolean): void }) {
  const me = useMe();
  const answer = useAnswer(listMembers, {});
  if (!mayManage(me.member)) return <Navigate to="/tickets" replace />;
  return (
    <Page
      title={i18n._('Members')}
      about={i18n._('People of {organization} who sign in here.', { organization: me.organization.name })}
      actions={
        <Button leftSection={<PlusIcon />} onClick={() => onInviting(true)}>
          {i18n._('Invite')}
        </Button>
      }
    >
      {answer.state === 'loading' ? <LoadingRows rows={4} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.data === undefined ? null : (
        <ul className="list">
          {[...answer.data.members]
            .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, regionTag()))
            .map((member) => (
              <MemberRow key={member.id} member={member} members={answer.data.members} />
            ))}
        </ul>
      )}
      <Section title={i18n._('Invited')} about={i18n._('An invitation is a link that works once and for a week.')}>
        <Invitations />
      </Section>
      <InviteDialog opened={inviting} onClose={() => onInviting(false)} />
    </Page>
  );
}
