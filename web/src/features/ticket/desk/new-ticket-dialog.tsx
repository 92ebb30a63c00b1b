import { i18n } from '@lingui/core';
import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { CodeId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import { listTickets, openTicket } from '#contract/ticket/http.ts';
import { useRefresh } from '#web/desk-ui/asking.ts';
import { subjectWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { CodeSelect } from './code-select.tsx';

/** Opens a ticket on a customer's behalf or for oneself. */
export function NewTicketDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={i18n._('New ticket')}
      size={520}
      closeButtonProps={{ 'aria-label': i18n._('Close') }}
    >
      <NewTicketForm />
    </Modal>
  );
}

function NewTicketForm() {
  const ask = useAsk();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [codeName, setCodeName] = useState('');
  const form = useForm({
    initial: { subject: '', code: '', text: '' },
    check: ({ subject, text }) =>
      wrongs({
        subject: subjectWrong(subject),
        text:
          text.trim().length > limits.messageLength
            ? i18n._('At most {count} characters, please.', { count: limits.messageLength })
            : undefined,
      }),
    send: ({ subject, code, text }, requestId) => {
      const codeId = CodeId.safeParse(code);
      return ask(openTicket, {
        body: {
          requestId,
          subject,
          ...(codeId.success ? { code: codeId.data } : {}),
          ...(text.trim() === '' ? {} : { text }),
        },
      });
    },
    words: (refusal) =>
      refusal.code === 'not-found'
        ? { field: 'code', text: i18n._('This code does not exist any more. Choose another one.') }
        : { text: refusalWords(refusal) },
    done: (ticket) => {
      refresh(listTickets);
      say(i18n._('Ticket #{number} is open.', { number: ticket.number }));
      void navigate({ to: '/tickets/$ticketId', params: { ticketId: ticket.id } });
    },
  });
  return (
    <form {...form.props} className="stack">
      <TextInput
        {...form.field('subject')}
        label={i18n._('Subject')}
        placeholder={i18n._('Pump makes a rattling noise')}
        autoComplete="off"
        data-autofocus
      />
      <CodeSelect
        label={i18n._('Code')}
        description={i18n._('The customers of this code see the ticket and can write in it.')}
        value={form.values.code === '' ? null : { id: form.values.code, name: codeName }}
        onChange={(code) => {
          setCodeName(code?.name ?? '');
          form.change('code', code?.id ?? '');
        }}
      />
      <Textarea
        {...form.field('text')}
        label={i18n._('First message')}
        placeholder={i18n._('Optional')}
        autosize
        minRows={3}
        maxRows={10}
      />
      {form.errors.code === undefined ? null : (
        <p className="trouble" role="alert">
          {form.errors.code}
        </p>
      )}
      {form.notice === null ? null : (
        <p className="trouble" role="alert">
          {form.notice}
        </p>
      )}
      <div className="dialog-actions">
        <Button type="submit" loading={form.sending}>
          {i18n._('Open the ticket')}
        </Button>
      </div>
    </form>
  );
}
