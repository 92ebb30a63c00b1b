import { i18n } from '@lingui/core';
import { PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { acceptInvitation, readInvitation } from '#contract/access/http.ts';
import { limits } from '#contract/limits.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { nameWrong, newPasswordWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { FailedState } from '#web/desk-ui/states.tsx';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { FormEnd } from './form-end.tsx';
import { Gate } from './gate.tsx';
import { passwordEye } from './password-eye.ts';
import { roleWords } from './role-words.ts';
import { useArrival } from './use-arrival.ts';

/** Where an invitation's link leads: the new member gives a name and a password. */
export function InvitationPage({ secret, onDone }: { secret: string; onDone(): void }) {
  const invitation = useAnswer(readInvitation, { params: { secret } });
  if (invitation.state === 'loading')
    return (
      <Gate title={i18n._('Your invitation')}>
        <Skeleton height={240} aria-label={i18n._('Loading')} />
      </Gate>
    );
  const { refusal } = invitation;
  if (refusal !== null && ['not-found', 'malformed'].includes(refusal.code))
    return (
      <Gate
        title={i18n._('This invitation is not valid any more')}
        about={i18n._('It has been used, withdrawn or is older than {days} days. Ask for a new one.', {
          days: limits.invitationDays,
        })}
        foot={
          <Link to="/sign-in" className="link">
            {i18n._('Go to the sign-in')}
          </Link>
        }
      />
    );
  if (invitation.state === 'failed') return <FailedState answer={invitation} />;
  const { organization, email, role } = invitation.data;
  return (
    <Gate
      title={i18n._('Join {organization}', { organization: organization.name })}
      about={i18n._('You are invited as {role} with {email}.', { role: roleWords(role), email })}
    >
      <AcceptForm secret={secret} email={email} onDone={onDone} />
    </Gate>
  );
}

function AcceptForm({ secret, email, onDone }: { secret: string; email: string; onDone(): void }) {
  const ask = useAsk();
  const arrive = useArrival();
  const form = useForm({
    initial: { name: '', password: '' },
    check: ({ name, password }) => wrongs({ name: nameWrong(name), password: newPasswordWrong(password) }),
    send: (values, requestId) => ask(acceptInvitation, { params: { secret }, body: { requestId, ...values } }),
    words: (refusal) => ({ text: refusalWords(refusal) }),
    done: (me) => {
      arrive(me);
      onDone();
    },
  });
  return (
    <form {...form.props} className="stack">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <TextInput
        {...form.field('name')}
        label={i18n._('Your name')}
        description={i18n._('Customers see it when you talk to them.')}
        autoComplete="name"
        autoFocus
      />
      <PasswordInput
        {...form.field('password')}
        label={i18n._('Password')}
        description={i18n._('At least {count} characters. Several words are easy to remember.', {
          count: limits.passwordMinLength,
        })}
        autoComplete="new-password"
        {...passwordEye()}
      />
      <FormEnd form={form}>{i18n._('Join')}</FormEnd>
    </form>
  );
}
