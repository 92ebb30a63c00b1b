import { i18n } from '@lingui/core';
import { Navigate } from '@tanstack/react-router';
import { readPolicies } from '#contract/access/policies.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { Page } from '#web/desk-ui/page.tsx';
import { FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { mayManage, useMe } from '#web/features/access/desk/index.ts';
import { MailSection } from '#web/features/notification/desk/index.ts';
import { DirectCallSection } from './direct-call-section.tsx';
import { OfficeHoursSection } from './office-hours-section.tsx';
import { RequestsSection } from './requests-section.tsx';

/** Admins and co-admins: how customers reach the organization. */
export function SettingsPage() {
  const me = useMe();
  const answer = useAnswer(readPolicies, {});
  if (!mayManage(me.member)) return <Navigate to="/tickets" replace />;
  return (
    <Page title={i18n._('Settings')} width="narrow" about={i18n._('How customers reach you.')}>
      {answer.state === 'loading' ? <LoadingRows rows={3} height={84} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' ? (
        <>
          <DirectCallSection kept={answer.data} />
          <OfficeHoursSection kept={answer.data} />
          <RequestsSection kept={answer.data} />
          <MailSection />
        </>
      ) : null}
    </Page>
  );
}
