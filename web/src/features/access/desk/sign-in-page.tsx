import { i18n } from '@lingui/core';
import { PasswordInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { signIn } from '#contract/access/http.ts';
import { emailWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { FormEnd } from './form-end.tsx';
import { Gate } from './gate.tsx';
import { passwordEye } from './password-eye.ts';
import { useArrival } from './use-arrival.ts';

/** E-mail address and password. */
export function SignInPage({ onSignedIn }: { onSignedIn(): void }) {
  const ask = useAsk();
  const arrive = useArrival();
  const form = useForm({
    initial: { email: '', password: '' },
    check: ({ email, password }) =>
      wrongs({
        email: emailWrong(email),
        password: password === '' ? i18n._('Please type your password.') : undefined,
      }),
    send: (values) => ask(signIn, { body: values }),
    words: (refusal) => ({ text: refusalWords(refusal) }),
    done: (me) => {
      arrive(me);
      onSignedIn();
    },
  });

  return (
    <Gate
      title={i18n._('Sign in')}
      foot={i18n._('No account yet? Ask an admin of your organization for an invitation.')}
    >
      <form {...form.props} className="stack">
        <TextInput
          {...form.field('email')}
          label={i18n._('E-mail address')}
          type="email"
          autoComplete="username"
          autoFocus
        />
        <PasswordInput
          {...form.field('password')}
          label={i18n._('Password')}
          autoComplete="current-password"
          {...passwordEye()}
        />
        <FormEnd form={form}>{i18n._('Sign in')}</FormEnd>
        <Link to="/forgot" className="link">
          {i18n._('Forgot password?')}
        </Link>
      </form>
    </Gate>
  );
}
