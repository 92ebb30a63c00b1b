import { i18n } from '@lingui/core';
import { TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { askForReset } from '#contract/access/http.ts';
import { limits } from '#contract/limits.ts';
import { emailWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { FormEnd } from './form-end.tsx';
import { Gate } from './gate.tsx';

/** C9: asks for a mail with a link to a new password. What is said then is the same for every address. */
export function ForgotPage() {
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const foot = (
    <Link to="/sign-in" className="link">
      {i18n._('Go to the sign-in')}
    </Link>
  );
  if (askedFor !== null)
    return (
      <Gate
        title={i18n._('Look into your mail')}
        about={i18n._(
          'If {email} has an account here, a mail with a link is on its way. The link works once, for {minutes} minutes.',
          { email: askedFor, minutes: limits.resetMinutes },
        )}
        foot={foot}
      />
    );
  return (
    <Gate
      title={i18n._('Forgot your password?')}
      about={i18n._('You get a mail with a link. There you choose a new password.')}
      foot={foot}
    >
      <ForgotForm onAsked={setAskedFor} />
    </Gate>
  );
}

function ForgotForm({ onAsked }: { onAsked(email: string): void }) {
  const ask = useAsk();
  const form = useForm({
    initial: { email: '' },
    check: ({ email }) => wrongs({ email: emailWrong(email) }),
    send: (values) => ask(askForReset, { body: values }),
    words: (refusal) => ({ text: refusalWords(refusal) }),
    done: () => onAsked(form.values.email.trim()),
  });
  return (
    <form {...form.props} className="stack">
      <TextInput
        {...form.field('email')}
        label={i18n._('E-mail address')}
        type="email"
        autoComplete="username"
        autoFocus
      />
      <FormEnd form={form}>{i18n._('Send the link')}</FormEnd>
    </form>
  );
}
