import { i18n } from '@lingui/core';
import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { createCode, listCodes } from '#contract/access/http.ts';
import { useRefresh } from '#web/desk-ui/asking.ts';
import { nameWrong, wrongs } from '#web/desk-ui/checks.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';

/** Makes a code; then shows it. */
export function NewCodeDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={i18n._('New code')}
      size={420}
      closeButtonProps={{ 'aria-label': i18n._('Close') }}
    >
      <NewCodeForm />
    </Modal>
  );
}

function NewCodeForm() {
  const ask = useAsk();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const form = useForm({
    initial: { name: '' },
    check: ({ name }) => wrongs({ name: nameWrong(name) }),
    send: ({ name }, requestId) => ask(createCode, { body: { requestId, name } }),
    words: (refusal) => ({ field: 'name', text: refusalWords(refusal) }),
    done: (code) => {
      refresh(listCodes);
      say(i18n._('The code for {name} is ready.', { name: code.name }));
      void navigate({ to: '/codes/$codeId', params: { codeId: code.id } });
    },
  });
  return (
    <form {...form.props} className="stack">
      <TextInput
        {...form.field('name')}
        label={i18n._('Name')}
        description={i18n._('The machine and where it stands. Customers see it too.')}
        placeholder={i18n._('Press 4, hall B')}
        autoComplete="off"
        data-autofocus
      />
      <div className="dialog-actions">
        <Button type="submit" loading={form.sending}>
          {i18n._('Make the code')}
        </Button>
      </div>
    </form>
  );
}
