import { i18n } from '@lingui/core';
import { Modal } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { SearchIcon } from '#web/desk-ui/icons.tsx';
import { type PaletteCommand, usePaletteCommands } from './palette-commands.tsx';
import { stepped } from './palette-model.ts';

/** Ctrl/Cmd+K: go anywhere, find a ticket or a code, do the common things. */
export function Palette({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      centered={false}
      yOffset="12dvh"
      size={580}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.36} />
      <Modal.Content aria-label={i18n._('Search or go to')} radius="xl">
        <PaletteBody onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteBody({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const commands = usePaletteCommands(typed);
  const listId = useId();
  const chosen = Math.min(at, Math.max(0, commands.length - 1));
  const optionId = (index: number) => `${listId}-${index}`;
  const run = (command: PaletteCommand | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const move = (by: 1 | -1) => {
    const next = stepped(chosen, by, commands.length);
    setAt(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') run(commands[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="palette-input">
        <SearchIcon />
        <input
          data-autofocus
          // biome-ignore lint/a11y/noAutofocus: what is typed right after the shortcut belongs here
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-label={i18n._('Search or go to')}
          {...(commands.length === 0 ? {} : { 'aria-activedescendant': optionId(chosen) })}
          placeholder={i18n._('Find a ticket, a code, a page …')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <kbd className="kbd">Esc</kbd>
      </div>
      <div id={listId} role="listbox" aria-label={i18n._('Found')} className="palette-list">
        {commands.map((command, index) => (
          <div key={command.id} role="presentation">
            {commands[index - 1]?.group === command.group ? null : (
              <div className="palette-group" role="presentation">
                {command.group}
              </div>
            )}
            <div
              id={optionId(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className="palette-item"
              onPointerMove={() => setAt(index)}
              onClick={() => run(command)}
              onKeyDown={press}
            >
              <command.Icon />
              <span className="clip">{command.label}</span>
              {command.hint === undefined ? null : <span className="hint">{command.hint}</span>}
            </div>
          </div>
        ))}
        {commands.length === 0 ? (
          <p className="palette-none">{i18n._('Nothing found for “{typed}”.', { typed })}</p>
        ) : null}
      </div>
    </>
  );
}
