import { i18n } from '@lingui/core';
import { PasswordInput, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { resetPassword, resetState } from '#contract/access/http.ts';
import { limits } from '#contract/limits.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { newPasswordWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { FailedState } from '#web/desk-ui/states.tsx';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { FormEnd } from './form-end.tsx';
import { Gate } from './gate.tsx';
import { passwordEye } from './password-eye.ts';
import { useArrival } from './use-arrival.ts';

/** C9: where the mail's link leads. */
export function ResetPage({ secret, onDone }: { secret: string; onDone(): void }) {
  const reset = useAnswer(resetState, { params: { secret } });
  if (reset.state === 'loading')
    return (
      <Gate title={i18n._('A new password')}>
        <Skeleton height={160} aria-label={i18n._('Loading')} />
      </Gate>
    );
  const { refusal } = reset;
  if (refusal !== null && ['not-found', 'malformed'].includes(refusal.code))
    return (
      <Gate
        title={i18n._('This link does not work any more')}
        about={i18n._('It has been used or is older than {minutes} minutes.', { minutes: limits.resetMinutes })}
        foot={
          <Link to="/forgot" className="link">
            {i18n._('Ask for a new link')}
          </Link>
        }
      />
    );
  if (reset.state === 'failed') return <FailedState answer={reset} />;
  return (
    <Gate
      title={i18n._('A new password')}
      about={i18n._('For {email}. You are signed out everywhere else.', { email: reset.data.email })}
    >
      <ResetForm secret={secret} email={reset.data.email} onDone={onDone} />
    </Gate>
  );
}

function ResetForm({ secret, email, onDone }: { secret: string; email: string; onDone(): void }) {
  const ask = useAsk();
  const arrive = useArrival();
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => wrongs({ password: newPasswordWrong(password) }),
    send: (values, requestId) => ask(resetPassword, { params: { secret }, body: { requestId, ...values } }),
    words: (refusal) => ({
      text:
        refusal.code === 'not-found'
          ? i18n._('This link does not work any more. Ask for a new one.')
          : refusalWords(refusal),
    }),
    done: (me) => {
      arrive(me);
      onDone();
    },
  });
  return (
    <form {...form.props} className="stack">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        {...form.field('password')}
        label={i18n._('New password')}
        description={i18n._('At least {count} characters. Several words are easy to remember.', {
          count: limits.passwordMinLength,
        })}
        autoComplete="new-password"
        autoFocus
        {...passwordEye()}
      />
      <FormEnd form={form}>{i18n._('Save and sign in')}</FormEnd>
    </form>
  );
}
