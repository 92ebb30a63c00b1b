import { i18n } from '@lingui/core';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { listLogins, readMe, updateMe } from '#contract/access/http.ts';
import { limits } from '#contract/limits.ts';
import { keyOf, useRefresh } from '#web/desk-ui/asking.ts';
import { nameWrong, newPasswordWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { SignOutIcon } from '#web/desk-ui/icons.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { Page, Section } from '#web/desk-ui/page.tsx';
import { useUnsaved } from '#web/desk-ui/unsaved.tsx';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { LanguageSelect } from '#web/ui/language-select.tsx';
import { Logins } from './logins.tsx';
import { useMe } from './me.tsx';
import { passwordEye } from './password-eye.ts';
import { roleWords } from './role-words.ts';
import { useSignOut } from './use-sign-out.ts';

/** Who I am here: name, password, where I am signed in; `more` is what other features have for it. */
export function AccountPage({ more }: { readonly more?: ReactNode }) {
  const { member, organization } = useMe();
  const signOut = useSignOut();
  const refresh = useRefresh();
  return (
    <Page
      title={i18n._('Account')}
      width="narrow"
      about={i18n._('{email}, {role} at {organization}', {
        email: member.email,
        role: roleWords(member.role),
        organization: organization.name,
      })}
      actions={
        <Button variant="default" leftSection={<SignOutIcon />} onClick={() => void signOut()}>
          {i18n._('Sign out')}
        </Button>
      }
    >
      <Section title={i18n._('Name')} about={i18n._('Customers see it when you write or talk to them.')}>
        <NameForm />
      </Section>
      <Section title={i18n._('Language')} about={i18n._('Of these pages in this browser, and of mails to you.')}>
        <LanguageSelect onSwitched={() => refresh(readMe)} />
      </Section>
      <Section
        title={i18n._('Password')}
        about={i18n._('A new password signs you out everywhere else. This browser stays signed in.')}
      >
        <PasswordForm />
      </Section>
      {more}
      <Section
        title={i18n._('Where you are signed in')}
        about={i18n._('Sign out what you do not know or use any more.')}
      >
        <Logins />
      </Section>
    </Page>
  );
}

function NameForm() {
  const ask = useAsk();
  const client = useQueryClient();
  const { member } = useMe();
  const form = useForm({
    initial: { name: member.name },
    check: ({ name }) => wrongs({ name: nameWrong(name) }),
    send: (values, requestId) => ask(updateMe, { body: { requestId, ...values } }),
    words: (refusal) => ({ field: 'name', text: refusalWords(refusal) }),
    done: (me) => {
      client.setQueryData(keyOf(readMe, {}), me);
      say(i18n._('Your name is saved.'));
    },
  });
  const changed = form.values.name.trim() !== member.name;
  useUnsaved(changed);
  return (
    <form {...form.props} className="field-row">
      <TextInput {...form.field('name')} aria-label={i18n._('Your name')} autoComplete="name" className="grow" />
      <Button type="submit" variant="default" disabled={!changed} loading={form.sending}>
        {i18n._('Save')}
      </Button>
    </form>
  );
}

function PasswordForm() {
  const ask = useAsk();
  const refresh = useRefresh();
  const { member } = useMe();
  const form = useForm({
    initial: { present: '', next: '' },
    check: ({ present, next }) =>
      wrongs({
        present: present === '' ? i18n._('Please type your present password.') : undefined,
        next: newPasswordWrong(next),
      }),
    send: (password, requestId) => ask(updateMe, { body: { requestId, password } }),
    words: (refusal) =>
      refusal.code === 'wrong-credentials'
        ? { field: 'present', text: i18n._('This is not your present password.') }
        : { text: refusalWords(refusal) },
    done: () => {
      form.change('present', '');
      form.change('next', '');
      refresh(listLogins);
      say(i18n._('Your password is changed.'));
    },
  });
  return (
    <form {...form.props} className="stack">
      <input type="hidden" name="username" autoComplete="username" value={member.email} readOnly />
      <div className="two-fields">
        <PasswordInput
          {...form.field('present')}
          label={i18n._('Present password')}
          autoComplete="current-password"
          {...passwordEye()}
        />
        <PasswordInput
          {...form.field('next')}
          label={i18n._('New password')}
          placeholder={i18n._('At least {count} characters', { count: limits.passwordMinLength })}
          autoComplete="new-password"
          {...passwordEye()}
        />
      </div>
      {form.notice === null ? null : (
        <p className="trouble" role="alert">
          {form.notice}
        </p>
      )}
      <div>
        <Button
          type="submit"
          variant="default"
          disabled={form.values.present === '' && form.values.next === ''}
          loading={form.sending}
        >
          {i18n._('Change password')}
        </Button>
      </div>
    </form>
  );
}
