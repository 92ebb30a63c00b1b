import { colours, type ToolChoice } from './tool-model.ts';
import { toolKeys } from './words.ts';

interface Deeds {
  readonly drawing: () => boolean;
  /** Single keys can be switched off, for those who speak to their computer. */
  readonly singleKeys: () => boolean;
  setOn(on: boolean): void;
  freeze(): void;
  choose(choice: ToolChoice): void;
  setColour(colour: (typeof colours)[number]): void;
  undo(): void;
  redo(): void;
  /** Takes away what is under the mouse; false when there is nothing. */
  eraseHovered(): boolean;
}

const WRITING = 'input, textarea, select, [contenteditable]';

/** Hears the keys of the drawing tools until `life` ends. Letters work outside of fields only. */
export function hearToolKeys(life: AbortSignal, page: Pick<EventTarget, 'addEventListener'>, deeds: Deeds): void {
  const byKey = new Map<string, ToolChoice>();
  for (const choice of Object.keys(toolKeys).filter(isChoice)) byKey.set(toolKeys[choice].toLowerCase(), choice);

  const withCommand = (key: string, shift: boolean): boolean => {
    if (!deeds.drawing() || (key !== 'z' && key !== 'y')) return false;
    if (shift || key === 'y') deeds.redo();
    else deeds.undo();
    return true;
  };
  const alone = (key: string): boolean => {
    if (key === 'd' || key === 'f') {
      if (key === 'd') deeds.setOn(!deeds.drawing());
      else deeds.freeze();
      return true;
    }
    if (!deeds.drawing()) return false;
    const colour = colours[Number(key) - 1];
    const choice = byKey.get(key);
    if (key === 'escape') deeds.setOn(false);
    else if (key === 'delete' && deeds.eraseHovered()) return true;
    else if (colour !== undefined) deeds.setColour(colour);
    else if (choice !== undefined) deeds.choose(choice);
    else return false;
    return true;
  };

  page.addEventListener(
    'keydown',
    (event) => {
      if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.repeat || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(`${WRITING}, dialog, [role=menu]`) !== null) return;
      const key = event.key.toLowerCase();
      const command = event.ctrlKey || event.metaKey;
      if (!command && key !== 'escape' && !deeds.singleKeys()) return;
      if (command ? withCommand(key, event.shiftKey) : alone(key)) event.preventDefault();
    },
    { signal: life },
  );
}

const isChoice = (name: string): name is ToolChoice => Object.hasOwn(toolKeys, name);
