import { i18n } from '@lingui/core';
import { useStore } from '../state/use-store.ts';
import { IconButton, names } from './button.tsx';
import { IconClose } from './icons.tsx';
import * as css from './toast.module.css';
import type { Toasts } from './toast-model.ts';

/** Shows the short words; they are also read aloud. Render it once per page. */
export function ToastStack({ toasts }: { readonly toasts: Toasts }) {
  return (
    <div className={css.stack} role="status" aria-live="polite">
      {useStore(toasts).map((toast) => (
        <div key={toast.id} className={names(css.toast, toast.kind === 'trouble' && css.trouble)}>
          {toast.link === null ? (
            <span>{toast.text}</span>
          ) : (
            <a href={toast.link.path} {...(toast.link.beside ? { target: '_blank', rel: 'noopener' } : {})}>
              {toast.text}
            </a>
          )}
          <IconButton label={i18n._('Close')} icon={<IconClose size={20} />} onClick={() => toasts.dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
