import { i18n } from '@lingui/core';
import { PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { setUp, setupState } from '#contract/access/http.ts';
import { limits } from '#contract/limits.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { emailWrong, nameWrong, newPasswordWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { FailedState } from '#web/desk-ui/states.tsx';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { FormEnd } from './form-end.tsx';
import { Gate } from './gate.tsx';
import { passwordEye } from './password-eye.ts';
import { useArrival } from './use-arrival.ts';

/** The first page of a new Sightglass, behind its one-time link: organization and administrator. */
export function SetUpPage({ secret, onDone }: { secret: string; onDone(): void }) {
  const state = useAnswer(setupState, { params: { secret } });
  const title = i18n._('Welcome to Sightglass');
  if (state.state === 'loading')
    return (
      <Gate title={title}>
        <Skeleton height={320} aria-label={i18n._('Loading')} />
      </Gate>
    );
  const { refusal } = state;
  if (refusal !== null && ['already-set-up', 'not-found', 'malformed'].includes(refusal.code)) return <Closed />;
  if (state.state === 'failed') return <FailedState answer={state} />;
  return (
    <Gate title={title} about={i18n._('Name your organization and make yourself its first admin.')}>
      <SetUpForm secret={secret} onDone={onDone} />
    </Gate>
  );
}

function Closed() {
  return (
    <Gate
      title={i18n._('This link is used up')}
      about={i18n._('Sightglass has been set up already, or the link is mistyped.')}
      foot={
        <Link to="/sign-in" className="link">
          {i18n._('Go to the sign-in')}
        </Link>
      }
    />
  );
}

function SetUpForm({ secret, onDone }: { secret: string; onDone(): void }) {
  const ask = useAsk();
  const arrive = useArrival();
  const form = useForm({
    initial: { organization: '', name: '', email: '', password: '' },
    check: ({ organization, name, email, password }) =>
      wrongs({
        organization: nameWrong(organization),
        name: nameWrong(name),
        email: emailWrong(email),
        password: newPasswordWrong(password),
      }),
    send: (values, requestId) => ask(setUp, { params: { secret }, body: { requestId, ...values } }),
    words: (refusal) => ({ text: refusalWords(refusal) }),
    done: (me) => {
      arrive(me);
      onDone();
    },
  });
  return (
    <form {...form.props} className="stack">
      <TextInput
        {...form.field('organization')}
        label={i18n._('Organization')}
        description={i18n._('Customers see this name on their phone.')}
        autoComplete="organization"
        autoFocus
      />
      <TextInput {...form.field('name')} label={i18n._('Your name')} autoComplete="name" />
      <TextInput {...form.field('email')} label={i18n._('E-mail address')} type="email" autoComplete="username" />
      <PasswordInput
        {...form.field('password')}
        label={i18n._('Password')}
        description={i18n._('At least {count} characters. Several words are easy to remember.', {
          count: limits.passwordMinLength,
        })}
        autoComplete="new-password"
        {...passwordEye()}
      />
      <FormEnd form={form}>{i18n._('Set up')}</FormEnd>
    </form>
  );
}
