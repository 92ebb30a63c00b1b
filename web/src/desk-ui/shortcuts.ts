import { useEffect, useRef } from 'react';

/** Keys of a page: single keys as the event names them ("j", "Enter", "/", "?"); `mod+k` is Ctrl or Cmd. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Where a single key is text and not a command. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Enter and Space belong to the control that has the focus. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="option"], [role="menuitem"]') !== null;
}

/** The name under which a key press is looked up, or null when it is nobody's command. */
export function shortcutOf(event: KeyboardEvent, dialogOpen: boolean): string | null {
  if (event.defaultPrevented || event.altKey || event.isComposing) return null;
  if (event.ctrlKey || event.metaKey) return event.shiftKey ? null : `mod+${event.key.toLowerCase()}`;
  if (dialogOpen || isTyping(event.target)) return null;
  if (event.key === 'Enter' && isControl(event.target)) return null;
  return event.key;
}

/** Binds keys while the component is on the page; silent while typing and while a dialog or menu is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const open = document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]:not([data-quiet])');
      const name = shortcutOf(event, open !== null && open instanceof HTMLElement && open.offsetParent !== null);
      const command = name === null || !Object.hasOwn(latest.current, name) ? undefined : latest.current[name];
      if (command === undefined) return;
      event.preventDefault();
      command(event);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
