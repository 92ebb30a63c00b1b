import { i18n } from '@lingui/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '#web/ui/button.tsx';
import { IconClose } from '#web/ui/icons.tsx';
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
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={css.full}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== element.current) return;
        event.preventDefault();
        onClose();
      }}
    >
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
