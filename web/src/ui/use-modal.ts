import { type RefObject, useEffect, useRef } from 'react';

/** A `dialog` element that is modal for as long as its component is there, and asks to close with Escape. */
export interface Modal {
  readonly ref: RefObject<HTMLDialogElement | null>;
  readonly onCancel: (event: { readonly target: unknown; preventDefault(): void }) => void;
}

/** The browser keeps the focus inside and gives it back to where it was. It begins at `data-begin`, where there is one. */
export function useModal(onClose: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    const begin = dialog?.querySelector('[data-begin]');
    if (begin instanceof HTMLElement) begin.focus();
    return () => dialog?.close();
  }, []);
  return {
    ref,
    onCancel: (event) => {
      // That of a dialog within this one comes by here too.
      if (event.target !== ref.current) return;
      event.preventDefault();
      onClose();
    },
  };
}
