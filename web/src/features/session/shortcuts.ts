import { createStore, type Readable } from '#web/state/store.ts';

/** Single keys that switch something; they can be switched off, for those who speak to their computer. */
export interface Shortcuts {
  readonly enabled: Readable<boolean>;
  setEnabled(on: boolean): void;
}

interface Kept {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'sightglass.shortcuts';
const WRITING = 'input, textarea, select, [contenteditable]';

/** Runs the deed of a key that is pressed alone, outside of fields, until `life` ends. */
export function createShortcuts(
  life: AbortSignal,
  page: Pick<EventTarget, 'addEventListener'>,
  kept: Kept,
  deeds: Readonly<Record<string, () => void>>,
): Shortcuts {
  const enabled = createStore(kept.getItem(KEY) !== 'off');
  page.addEventListener(
    'keydown',
    (event) => {
      if (!(event instanceof KeyboardEvent) || !enabled.get() || event.defaultPrevented) return;
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(WRITING) !== null) return;
      deeds[event.key.toLowerCase()]?.();
    },
    { signal: life },
  );
  return {
    enabled,
    setEnabled(on) {
      enabled.set(on);
      kept.setItem(KEY, on ? 'on' : 'off');
    },
  };
}
