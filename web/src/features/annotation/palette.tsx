import { i18n } from '@lingui/core';
import { type ReactNode, useState } from 'react';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { IconClose } from '#web/ui/icons.tsx';
import * as css from './annotation.module.css';
import {
  IconArrow,
  IconClear,
  IconEllipse,
  IconEraser,
  IconMark,
  IconPen,
  IconPointer,
  IconRectangle,
  IconRedo,
  IconText,
  IconUndo,
} from './icons.tsx';
import { Inks, Widths } from './inks.tsx';
import type { Studio } from './studio.ts';
import { type ToolChoice, toolChoices } from './tool-model.ts';
import { toolKeys, toolWords } from './words.ts';

/** A picture of each tool. */
export const toolIcons: Readonly<Record<ToolChoice, ReactNode>> = {
  pen: <IconPen size={22} />,
  arrow: <IconArrow size={22} />,
  rectangle: <IconRectangle size={22} />,
  ellipse: <IconEllipse size={22} />,
  text: <IconText size={22} />,
  mark: <IconMark size={22} />,
  pointer: <IconPointer size={22} />,
  eraser: <IconEraser size={22} />,
};

interface PaletteProps {
  readonly studio: Studio;
  /** Called after a tool or a colour was chosen. */
  readonly chosen?: () => void;
  /** In a sheet the cross puts the sheet away; beside the picture it ends drawing. */
  readonly close?: () => void;
}

/** The tools, colours and widths, and what takes away. */
export function Palette({ studio, chosen, close }: PaletteProps) {
  const { tools, board } = studio;
  const { choice, colour, width } = useStore(tools.tools);
  return (
    <div className={css.palette} role="toolbar" aria-label={i18n._('Drawing tools')}>
      <div className={css.tools}>
        {toolChoices.map((one) => (
          <Tool
            key={one}
            label={toolWords(one)}
            shortcut={toolKeys[one]}
            pressed={one === choice}
            caption={one === 'eraser' ? i18n._('Delete') : toolWords(one)}
            icon={toolIcons[one]}
            onClick={() => {
              tools.choose(one);
              chosen?.();
            }}
          />
        ))}
      </div>
      <div className={css.inks}>
        <Inks
          className={css.ink}
          colour={colour}
          keys
          choose={(one) => {
            tools.setColour(one);
            chosen?.();
          }}
        />
      </div>
      <div className={css.widths}>
        <Widths className={css.tool} width={width} choose={tools.setWidth} />
      </div>
      <div className={css.tools}>
        <Tool
          label={i18n._('Undo')}
          caption={i18n._('Undo')}
          shortcut="Control+Z"
          icon={<IconUndo size={22} />}
          onClick={() => void board.undo()}
        />
        <Tool
          label={i18n._('Redo')}
          caption={i18n._('Redo')}
          shortcut="Control+Shift+Z"
          icon={<IconRedo size={22} />}
          onClick={() => void board.redo()}
        />
        <Clear studio={studio} />
        {close === undefined ? (
          <Tool
            label={i18n._('Stop drawing')}
            shortcut="Escape"
            icon={<IconClose size={22} />}
            onClick={() => tools.setOn(false)}
          />
        ) : (
          <Tool
            label={i18n._('Close the tools')}
            caption={i18n._('Close')}
            icon={<IconClose size={22} />}
            onClick={close}
          />
        )}
      </div>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly shortcut?: string;
  readonly icon: ReactNode;
  /** Stands under the icon where fingers choose: nothing can be hovered there. */
  readonly caption?: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

/** One button of the palette. */
export function Tool({ label, shortcut, icon, caption, pressed, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className={css.tool}
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut.replace('Control', 'Ctrl')})`}
      aria-keyshortcuts={shortcut}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {icon}
      {caption === undefined ? null : <span className={css.caption}>{caption}</span>}
    </button>
  );
}

/** Clears one's own drawings; employees may clear all. There is no way back, so it asks. */
function Clear({ studio }: { studio: Studio }) {
  const [asking, ask] = useState(false);
  const { drawings } = useStore(studio.board.board);
  const { as } = useStore(studio.host.facts.session).you;
  const clear = (whose: 'own' | 'all') => {
    studio.board.clear(whose);
    ask(false);
  };
  const own = drawings.filter(({ drawing }) => studio.board.isOwn(drawing.id)).length;
  return (
    <>
      <Tool
        label={i18n._('Clear drawings')}
        caption={i18n._('Clear')}
        icon={<IconClear size={22} />}
        onClick={() => {
          if (drawings.length > 0) ask(true);
        }}
      />
      {asking ? (
        <Dialog
          title={i18n._('Clear drawings?')}
          onClose={() => ask(false)}
          actions={
            <>
              <Button kind="plain" onClick={() => ask(false)}>
                {i18n._('Keep them')}
              </Button>
              {own > 0 ? (
                <Button kind="danger" onClick={() => clear('own')}>
                  {i18n._('Clear my own')}
                </Button>
              ) : null}
              {as === 'expert' ? (
                <Button kind="danger" onClick={() => clear('all')}>
                  {i18n._('Clear all')}
                </Button>
              ) : null}
            </>
          }
        >
          <p>
            {i18n._('They are taken off the picture for everybody and don’t come back. The transcript keeps them.')}
          </p>
        </Dialog>
      ) : null}
    </>
  );
}
