import { i18n } from '@lingui/core';
import { type ReactNode, useId } from 'react';
import { IconButton } from '#web/ui/button.tsx';
import { IconClose } from '#web/ui/icons.tsx';
import { useModal } from '#web/ui/use-modal.ts';
import * as css from './file.module.css';

interface FullDialogProps {
  readonly title: string;
  /** Under the title. */
  readonly about?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog as large as the page, dark like the session: the picture is everything. */
export function FullDialog({ title, about, onClose, children }: FullDialogProps) {
  const modal = useModal(onClose);
  const titleId = useId();
  return (
    <dialog {...modal} className={css.full} aria-labelledby={titleId}>
      <header className={css.fullHead}>
        <div className={css.fullTitle}>
          <h2 id={titleId}>{title}</h2>
          {about === undefined ? null : <p>{about}</p>}
        </div>
        <IconButton label={i18n._('Close')} icon={<IconClose />} onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}
