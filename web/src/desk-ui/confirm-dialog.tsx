import { i18n } from '@lingui/core';
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

/** Asks before something that cannot be taken back: says what happens, the button names the deed. */
export function ConfirmDialog({
  opened,
  title,
  children,
  deed,
  cancel,
  danger = false,
  busy,
  trouble,
  onConfirm,
  onClose,
}: {
  opened: boolean;
  title: string;
  children: ReactNode;
  deed: string;
  /** Instead of "Cancel". */
  cancel?: string;
  danger?: boolean;
  busy: boolean;
  trouble?: string | null;
  onConfirm(): void;
  onClose(): void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={440}
      closeButtonProps={{ 'aria-label': i18n._('Close') }}
    >
      <div className="stack">
        <div className="prose">{children}</div>
        {trouble === undefined || trouble === null ? null : (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            {cancel ?? i18n._('Cancel')}
          </Button>
          <Button {...(danger ? { color: 'red' } : {})} onClick={onConfirm} loading={busy}>
            {deed}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
