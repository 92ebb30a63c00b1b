import { i18n } from '@lingui/core';
import { type ReactNode, useId } from 'react';
import { IconButton, names } from './button.tsx';
import * as css from './dialog.module.css';
import { IconClose } from './icons.tsx';
import { useModal } from './use-modal.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot; the one that does it comes last. */
  readonly actions?: ReactNode;
  /** For what is looked at rather than read. */
  readonly wide?: boolean;
}

/** A modal dialog. Render it to open it; Escape, the cross and a click beside it ask to close. */
export function Dialog({ title, onClose, children, actions, wide }: DialogProps) {
  const modal = useModal(onClose);
  const titleId = useId();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click beside is a shortcut of the mouse; Escape is the keyboard's
    <dialog
      {...modal}
      className={names(css.dialog, wide && css.wide)}
      aria-labelledby={titleId}
      onClick={(event) => {
        if (event.target === modal.ref.current && isOutside(event, modal.ref.current)) onClose();
      }}
    >
      <div className={css.head}>
        <h2 id={titleId} className={css.title}>
          {title}
        </h2>
        <IconButton label={i18n._('Close')} icon={<IconClose />} onClick={onClose} />
      </div>
      {children}
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </dialog>
  );
}

function isOutside(at: { clientX: number; clientY: number }, element: Element): boolean {
  const box = element.getBoundingClientRect();
  return at.clientX < box.left || at.clientX > box.right || at.clientY < box.top || at.clientY > box.bottom;
}
