import { i18n } from '@lingui/core';
import { Modal } from '@mantine/core';

/** What the keyboard can do, in one look. */
export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const keys: readonly (readonly [what: string, ...keys: string[]])[] = [
    [i18n._('Search or go to'), 'Ctrl K'],
    [i18n._('New ticket'), 'c'],
    [i18n._('Search in the list'), '/'],
    [i18n._('Next, previous in the list'), 'j', 'k'],
    [i18n._('Open what is chosen'), 'Enter'],
    [i18n._('Inbox: accept, propose times, decline'), 'a', 'p', 'd'],
    [i18n._('Back to the list'), 'u'],
    [i18n._('This help'), '?'],
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={i18n._('Keyboard shortcuts')}
      size={400}
      closeButtonProps={{ 'aria-label': i18n._('Close') }}
    >
      <dl className="shortcut-list">
        {keys.map(([what, ...pressed]) => (
          <ShortcutLine key={what} what={what} pressed={pressed} />
        ))}
      </dl>
    </Modal>
  );
}

function ShortcutLine({ what, pressed }: { what: string; pressed: readonly string[] }) {
  return (
    <>
      <dt>{what}</dt>
      <dd>
        {pressed.map((key) => (
          <kbd key={key} className="kbd">
            {key}
          </kbd>
        ))}
      </dd>
    </>
  );
}
