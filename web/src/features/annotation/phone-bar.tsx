import { i18n } from '@lingui/core';
import { useState } from 'react';
import { useStore } from '#web/state/use-store.ts';
import * as css from './annotation.module.css';
import { IconDraw, IconFreeze, IconUndo } from './icons.tsx';
import { inkOf } from './painter.ts';
import { Palette, Tool, toolIcons } from './palette.tsx';
import type { Studio } from './studio.ts';
import { toolWords } from './words.ts';

/** On a phone: drawing, freezing and undoing under the thumb; the tools in a sheet. */
export function PhoneBar({ studio }: { studio: Studio }) {
  const { on, choice, colour } = useStore(studio.tools.tools);
  const { frozen } = useStore(studio.board.board);
  const freezing = useStore(studio.freezing.under);
  const [sheet, show] = useState(false);
  return (
    <>
      <div className={css.phoneBar} role="toolbar" aria-label={i18n._('Drawing')}>
        {on ? (
          <>
            <Tool label={i18n._('Undo')} icon={<IconUndo />} onClick={() => void studio.board.undo()} />
            <button
              type="button"
              className={css.tool}
              aria-label={i18n._('Tools, now: {tool}', { tool: toolWords(choice) })}
              aria-expanded={sheet}
              onClick={() => show(!sheet)}
            >
              {toolIcons[choice]}
              <span className={css.inHand} style={{ background: inkOf(colour) }} />
            </button>
          </>
        ) : null}
        <Tool
          label={i18n._('Freeze the picture for everybody')}
          icon={<IconFreeze />}
          pressed={frozen !== null || freezing}
          onClick={() => void studio.freezing.toggle()}
        />
        <Tool
          label={i18n._('Draw on the picture')}
          icon={<IconDraw />}
          pressed={on}
          onClick={() => {
            show(false);
            studio.tools.setOn(!on);
          }}
        />
      </div>
      {on && sheet ? (
        <div className={css.sheet}>
          <Palette studio={studio} chosen={() => show(false)} close={() => show(false)} />
        </div>
      ) : null}
    </>
  );
}
