import { i18n } from '@lingui/core';
import { Button, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type Code, listCodes, readCode, rotateCode, updateCode } from '#contract/access/http.ts';
import { keyOf, useRefresh } from '#web/desk-ui/asking.ts';
import { nameWrong, wrongs } from '#web/desk-ui/checks.ts';
import { ConfirmDialog } from '#web/desk-ui/confirm-dialog.tsx';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { useForm } from '#web/desk-ui/use-form.ts';
import { refusalWords } from '#web/http/refusal-words.ts';

interface CodeDialogProps {
  readonly code: Code;
  readonly opened: boolean;
  onClose(): void;
}

/** Puts the changed code on the screen at once. */
export function useCodeChanged(): (code: Code) => void {
  const client = useQueryClient();
  const refresh = useRefresh();
  return (code) => {
    client.setQueryData(keyOf(readCode, { params: { codeId: code.id } }), code);
    refresh(listCodes);
  };
}

/** Another name for the code; link and short code stay. */
export function RenameCodeDialog({ code, opened, onClose }: CodeDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={i18n._('Rename the code')}
      size={420}
      closeButtonProps={{ 'aria-label': i18n._('Close') }}
    >
      <RenameForm code={code} onClose={onClose} />
    </Modal>
  );
}

function RenameForm({ code, onClose }: Omit<CodeDialogProps, 'opened'>) {
  const ask = useAsk();
  const changed = useCodeChanged();
  const form = useForm({
    initial: { name: code.name },
    check: ({ name }) => wrongs({ name: nameWrong(name) }),
    send: ({ name }, requestId) => ask(updateCode, { params: { codeId: code.id }, body: { requestId, name } }),
    words: (refusal) => ({ field: 'name', text: refusalWords(refusal) }),
    done: (next) => {
      changed(next);
      say(i18n._('The code is now called {name}.', { name: next.name }));
      onClose();
    },
  });
  return (
    <form {...form.props} className="stack">
      <TextInput
        {...form.field('name')}
        label={i18n._('Name')}
        description={i18n._('Printed labels keep working; they show the old name.')}
        autoComplete="off"
        data-autofocus
      />
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {i18n._('Cancel')}
        </Button>
        <Button type="submit" loading={form.sending}>
          {i18n._('Rename')}
        </Button>
      </div>
    </form>
  );
}

/** A new link and a new short code; the old ones end. */
export function RotateCodeDialog({ code, opened, onClose }: CodeDialogProps) {
  const ask = useAsk();
  const changed = useCodeChanged();
  const rotate = useDeed((_: undefined, requestId) =>
    ask(rotateCode, { params: { codeId: code.id }, body: { requestId } }),
  );
  const close = () => {
    rotate.forget();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      title={i18n._('Rotate the code of {name}?', { name: code.name })}
      deed={i18n._('Rotate')}
      danger
      busy={rotate.busy}
      trouble={rotate.trouble}
      onConfirm={() => {
        void rotate.run(undefined).then((outcome) => {
          if (outcome?.ok !== true) return;
          changed(outcome.value);
          say(i18n._('The code has a new link and a new short code.'));
          close();
        });
      }}
    >
      <p>{i18n._('Do this when a link or label got into wrong hands.')}</p>
      <ul>
        <li>{i18n._('The code gets a new link, QR code and short code.')}</li>
        <li>{i18n._('Everybody who holds the old ones is out at once, also in the middle of a chat.')}</li>
        <li>{i18n._('Printed labels stop working: print new ones.')}</li>
        <li>{i18n._('Tickets and messages stay.')}</li>
      </ul>
    </ConfirmDialog>
  );
}

/** Off: nobody gets in with it. On: the same link and short code work again. */
export function SwitchCodeDialog({ code, opened, onClose }: CodeDialogProps) {
  const ask = useAsk();
  const changed = useCodeChanged();
  const change = useDeed((enabled: boolean, requestId) =>
    ask(updateCode, { params: { codeId: code.id }, body: { requestId, enabled } }),
  );
  const close = () => {
    change.forget();
    onClose();
  };
  const { name } = code;
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      title={
        code.enabled
          ? i18n._('Switch off the code of {name}?', { name })
          : i18n._('Switch on the code of {name}?', { name })
      }
      deed={code.enabled ? i18n._('Switch off') : i18n._('Switch on')}
      danger={code.enabled}
      busy={change.busy}
      trouble={change.trouble}
      onConfirm={() => {
        void change.run(!code.enabled).then((outcome) => {
          if (outcome?.ok !== true) return;
          changed(outcome.value);
          say(
            outcome.value.enabled
              ? i18n._('The code of {name} works again.', { name })
              : i18n._('The code of {name} is switched off.', { name }),
          );
          close();
        });
      }}
    >
      {code.enabled ? (
        <p>
          {i18n._(
            'Customers with this code are out at once and cannot come back in. You keep its tickets and can switch it on again.',
          )}
        </p>
      ) : (
        <p>{i18n._('Its link, QR code and short code work again, for everybody who has them.')}</p>
      )}
    </ConfirmDialog>
  );
}
