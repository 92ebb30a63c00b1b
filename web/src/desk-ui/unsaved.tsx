import { i18n } from '@lingui/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { createStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

/** How many forms hold changes that are not saved. */
const unsaved = createStore(0);

/** For forms with a button to save: while `changed`, nobody leaves the page without being asked. */
export function useUnsaved(changed: boolean): void {
  useEffect(() => {
    if (!changed) return;
    unsaved.update((count) => count + 1);
    return () => unsaved.update((count) => count - 1);
  }, [changed]);
}

/** Asks once for all forms of the page; when the tab is closed or loads anew, the browser asks in its own words. */
export function UnsavedGuard() {
  const count = useStore(unsaved);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isLeaving,
    enableBeforeUnload: true,
    disabled: count === 0,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={status === 'blocked'}
      title={i18n._('You have changes that are not saved')}
      deed={i18n._('Leave without saving')}
      cancel={i18n._('Stay')}
      busy={false}
      onConfirm={() => proceed?.()}
      onClose={() => reset?.()}
    >
      <p>{i18n._('If you leave this page now, they are lost.')}</p>
    </ConfirmDialog>
  );
}

interface Leaving {
  readonly current: { readonly pathname: string };
  readonly next: { readonly pathname: string };
}

/** A dialog or a filter in the address is still the same page. */
const isLeaving = ({ current, next }: Leaving): boolean => current.pathname !== next.pathname;
