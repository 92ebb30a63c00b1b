import { i18n } from '@lingui/core';
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { invite, listInvitations } from '#contract/access/http.ts';
import { limits } from '#contract/limits.ts';
import { readMailState } from '#contract/notification/http.ts';
import { useAnswer, useRefresh } from '#web/desk-ui/asking.ts';
import { emailWrong, wrongs } from '#web/desk-ui/checks.ts';
import { CopyButton } from '#web/desk-ui/copy-button.tsx';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useMe } from './me.tsx';
import { rolesToGive } from './member-rules.ts';
import { roleMeaning, roleWords } from './role-words.ts';

interface Made {
  readonly email: string;
  readonly link: string;
}

/** Invites by e-mail address and role; then shows the link, this once. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const [made, setMade] = useState<Made | null>(null);
  const close = () => {
    onClose();
    setMade(null);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={made === null ? i18n._('Invite a member') : i18n._('Invitation for {email}', { email: made.email })}
      closeOnClickOutside={made === null}
      closeButtonProps={{ 'aria-label': i18n._('Close') }}
    >
      {made === null ? (
        <InviteForm onMade={setMade} />
      ) : (
        <div className="stack">
          <InvitationWords email={made.email} />
          <code className="secret mono">{made.link}</code>
          <div className="dialog-actions">
            <Button variant="default" onClick={() => setMade(null)}>
              {i18n._('Invite another')}
            </Button>
            <CopyButton
              variant="filled"
              text={made.link}
              label={i18n._('Copy link')}
              copied={i18n._('The link is copied.')}
            />
          </div>
        </div>
      )}
    </Modal>
  );
}

/** Whether the link goes there by itself depends on whether this server has somewhere to send mails to. */
function InvitationWords({ email }: { email: string }) {
  const mail = useAnswer(readMailState, {});
  const facts = { email, days: limits.invitationDays };
  if (mail.state === 'loading') return null;
  const goesByMail = mail.state === 'ready' && mail.data.delivery === 'smtp';
  return (
    <p>
      {goesByMail
        ? i18n._(
            'A mail with this link is on its way to {email}. You can also pass it on yourself: it works once, for {days} days, and is shown only now.',
            facts,
          )
        : i18n._('Send this link to {email}. It works once, for {days} days, and is shown only now.', facts)}
    </p>
  );
}

function InviteForm({ onMade }: { onMade(made: Made): void }) {
  const ask = useAsk();
  const refresh = useRefresh();
  const roles = rolesToGive(useMe().member);
  const form = useForm({
    initial: { email: '', role: 'expert' },
    check: ({ email }) => wrongs({ email: emailWrong(email) }),
    send: ({ email, role }, requestId) =>
      ask(invite, { body: { requestId, email, role: roles.find((one) => one === role) ?? 'expert' } }),
    words: (refusal) =>
      refusal.code === 'email-taken'
        ? { field: 'email', text: refusalWords(refusal) }
        : { text: refusalWords(refusal) },
    done: ({ invitation, link }) => {
      refresh(listInvitations);
      onMade({ email: invitation.email, link });
    },
  });
  return (
    <form {...form.props} className="stack">
      <TextInput
        {...form.field('email')}
        label={i18n._('E-mail address')}
        type="email"
        autoComplete="off"
        data-autofocus
      />
      <fieldset className="roles">
        <legend>{i18n._('Role')}</legend>
        {roles.map((one) => (
          <label key={one} className="role-choice">
            <input
              type="radio"
              name="role"
              value={one}
              checked={one === form.values.role}
              onChange={() => form.change('role', one)}
            />
            <span>
              <span className="menu-title">{roleWords(one)}</span>
              <span className="menu-about">{roleMeaning(one)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {form.notice === null ? null : (
        <p className="trouble" role="alert">
          {form.notice}
        </p>
      )}
      <div className="dialog-actions">
        <Button type="submit" loading={form.sending}>
          {i18n._('Make the invitation')}
        </Button>
      </div>
    </form>
  );
}
