import { i18n } from '@lingui/core';
import type { ReactNode } from 'react';
import { useStore } from '#web/state/use-store.ts';
import { IconRedo, IconUndo, Inks, toolIcons, toolWords, Widths } from '../annotation/index.ts';
import * as css from './editor.module.css';
import { type EditorModel, type EditTool, editTools } from './editor-model.ts';
import { IconBin, IconBlur, IconCrop, IconHighlight, IconSelect, IconTurn } from './icons.tsx';

/** The tools of the editor, colours and widths, and what takes back. */
export function EditorTools({ model }: { model: EditorModel }) {
  const { tool, colour, width, selected, history } = useStore(model.state);
  return (
    <div className={css.tools} role="toolbar" aria-label={i18n._('Editing tools')}>
      <div className={css.group}>
        {editTools.map((one) => (
          <ToolButton
            key={one}
            label={editToolWords(one)}
            pressed={one === tool}
            icon={editToolIcon(one)}
            onClick={() => model.choose(one)}
          />
        ))}
        <ToolButton label={i18n._('Rotate')} icon={<IconTurn size={22} />} onClick={model.turn} />
      </div>
      <div className={css.group}>
        <Inks className={css.ink} colour={colour} choose={model.setColour} />
      </div>
      <div className={css.group}>
        <Widths className={css.ink} width={width} choose={model.setWidth} />
      </div>
      <div className={css.group}>
        <ToolButton
          label={i18n._('Undo')}
          icon={<IconUndo size={22} />}
          disabled={history.past.length === 0}
          onClick={model.undo}
        />
        <ToolButton
          label={i18n._('Redo')}
          icon={<IconRedo size={22} />}
          disabled={history.future.length === 0}
          onClick={model.redo}
        />
        <ToolButton
          label={i18n._('Delete')}
          icon={<IconBin size={22} />}
          disabled={selected === null}
          onClick={model.remove}
        />
      </div>
    </div>
  );
}

interface ToolButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function ToolButton({ label, icon, pressed, disabled, onClick }: ToolButtonProps) {
  return (
    <button type="button" className={css.tool} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      {icon}
      <span>{label}</span>
    </button>
  );
}

function editToolWords(tool: EditTool): string {
  switch (tool) {
    case 'select':
      return i18n._('Select');
    case 'highlight':
      return i18n._('Highlight');
    case 'blur':
      return i18n._('Blur');
    case 'crop':
      return i18n._('Crop');
    default:
      return toolWords(tool);
  }
}

function editToolIcon(tool: EditTool): ReactNode {
  switch (tool) {
    case 'select':
      return <IconSelect size={22} />;
    case 'highlight':
      return <IconHighlight size={22} />;
    case 'blur':
      return <IconBlur size={22} />;
    case 'crop':
      return <IconCrop size={22} />;
    default:
      return toolIcons[tool];
  }
}
