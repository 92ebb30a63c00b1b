import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { readMailState, sendTestMail } from '#contract/notification/http.ts';
import { useAnswer, useRefresh } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { Moment } from '#web/desk-ui/moment.tsx';
import { say, sayTrouble } from '#web/desk-ui/notices.ts';
import { Section } from '#web/desk-ui/page.tsx';
import { FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { useMe } from '#web/features/access/desk/index.ts';
import { refusalWords } from '#web/http/refusal-words.ts';

/** On the settings page: how mails leave this server. */
export function MailSection() {
  const ask = useAsk();
  const refresh = useRefresh();
  const { member } = useMe();
  const answer = useAnswer(readMailState, {});
  const test = useDeed(() => ask(sendTestMail, { body: {} }));
  const tryOut = async () => {
    const outcome = await test.run();
    if (outcome === null) return;
    if (outcome.ok) say(i18n._('A mail to {email} is on its way.', { email: member.email }));
    else sayTrouble(refusalWords(outcome));
    refresh(readMailState);
  };
  return (
    <Section title={i18n._('Mail')} about={i18n._('Invitations, new passwords and notifications go out by mail.')}>
      {answer.state === 'loading' ? <LoadingRows rows={1} height={84} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' ? (
        <div className="stack">
          {answer.data.delivery === 'folder' ? (
            <p className="mail-warning" role="note">
              {i18n._(
                'No mail server is set: mails are not sent, they lie in the folder “mails” on the server. Whoever runs it sets SMTP_URL and MAIL_FROM.',
              )}
            </p>
          ) : null}
          <dl className="mail-facts">
            <dt>{i18n._('From')}</dt>
            <dd>{answer.data.from}</dd>
            <dt>{i18n._('Waiting to be sent')}</dt>
            <dd>{answer.data.waiting}</dd>
          </dl>
          {answer.data.lastFailure === null ? null : (
            <p className="trouble" role="alert">
              {i18n._('The mail server did not take a mail:')} {answer.data.lastFailure.reason}
              {' · '}
              <Moment at={answer.data.lastFailure.at} />
            </p>
          )}
          <div className="row">
            <Button variant="default" loading={test.busy} onClick={() => void tryOut()}>
              {i18n._('Send a mail to me')}
            </Button>
            <Button variant="subtle" onClick={() => refresh(readMailState)}>
              {i18n._('Look again')}
            </Button>
          </div>
        </div>
      ) : null}
    </Section>
  );
}
