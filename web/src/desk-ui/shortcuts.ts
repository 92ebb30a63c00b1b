import { useEffect, useRef } from 'react';

/** Keys of a page: single keys as the event names them ("j", "Enter", "/", "?"); `mod+k` is Ctrl or Cmd. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Where the person is: writing, on a button or link, in a dialog or menu, or just on the page. */
export type Focus = 'field' | 'control' | 'dialog' | 'page';

type Press = Pick<
  KeyboardEvent,
  'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'defaultPrevented'
>;

/** The name under which a key press is looked up, or null when it is nobody's command. */
export function shortcutOf(press: Press, focus: Focus): string | null {
  if (press.defaultPrevented || press.altKey || press.isComposing) return null;
  if (press.ctrlKey || press.metaKey) return press.shiftKey ? null : `mod+${press.key.toLowerCase()}`;
  if (focus === 'field' || focus === 'dialog') return null;
  // Enter belongs to the button or link that has the focus.
  return focus === 'control' && press.key === 'Enter' ? null : press.key;
}

function focusOf(target: EventTarget | null): Focus {
  const dialog = document.querySelector('[role="dialog"], [role="menu"], dialog[open]');
  if (dialog?.checkVisibility() === true) return 'dialog';
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) return 'field';
  return target.closest('button, a') === null ? 'page' : 'control';
}

/** Binds keys while the component is on the page; silent while typing and while a dialog or menu is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const name = shortcutOf(event, focusOf(event.target));
      const command = name === null || !Object.hasOwn(latest.current, name) ? undefined : latest.current[name];
      if (command === undefined) return;
      event.preventDefault();
      command(event);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}
