import { i18n } from '@lingui/core';
import { language } from '#web/i18n.ts';
import { createStore, watch } from '#web/state/store.ts';
import type { PictureTools, ToolButton } from '../session/index.ts';
import * as css from './annotation.module.css';
import { IconDraw, IconFreeze } from './icons.tsx';
import { Over } from './over.tsx';
import { pictureOf } from './placing.ts';
import { StillView } from './still-view.tsx';
import type { Studio } from './studio.ts';
import { hearToolKeys } from './tool-keys.ts';

/** Drawing on the pictures of a session, for as long as `life`. */
export function drawingTools(life: AbortSignal, studio: Studio): Partial<PictureTools> {
  const { host, tools, board, freezing } = studio;
  const buttons = createStore<readonly ToolButton[]>([]);
  const onStage = createStore(board.board.get().frozen?.participantId ?? null);

  const setOn = (on: boolean) => {
    tools.setOn(on);
    host.announce(on ? i18n._('Drawing on') : i18n._('Drawing off'));
  };
  const freeze = () => void freezing.toggle();
  const put = () =>
    buttons.set([
      {
        id: 'draw',
        caption: i18n._('Draw'),
        label: i18n._('Draw on the picture'),
        shortcut: 'D',
        icon: <IconDraw />,
        pressed: tools.tools.get().on,
        onClick: () => setOn(!tools.tools.get().on),
      },
      {
        id: 'freeze',
        caption: i18n._('Freeze'),
        label: i18n._('Freeze the picture for everybody'),
        shortcut: 'F',
        icon: <IconFreeze />,
        pressed: board.board.get().frozen !== null || freezing.under.get(),
        onClick: freeze,
      },
    ]);
  watch(life, tools.tools, put);
  watch(life, freezing.under, put);
  watch(life, language, put);
  watch(life, board.board, ({ frozen }) => {
    onStage.set(frozen?.participantId ?? null);
    put();
  });
  hearToolKeys(life, document, {
    drawing: () => tools.tools.get().on,
    // Whoever writes on the picture means letters.
    singleKeys: () => host.shortcuts.enabled.get() && studio.pen.writing.get() === null,
    setOn,
    freeze,
    choose: tools.choose,
    setColour: tools.setColour,
    undo: () => void board.undo(),
    redo: () => void board.redo(),
    eraseHovered: studio.eraseHovered,
  });

  return {
    buttons,
    onStage,
    over(view, video) {
      const you = studio.you();
      const participantId = view.own ? you : (host.facts.people.get().find((one) => one.id === view.key)?.id ?? null);
      if (participantId === null) return null;
      const { own, mirrored } = view;
      return <Over studio={studio} video={video} participantId={participantId} own={own} mirrored={mirrored} />;
    },
    beside(what) {
      if (what.kind === 'picture-frozen') return still(what.pictureId, []);
      if (what.kind !== 'drawing-made') return null;
      const pictureId = pictureOf(what.drawing);
      return pictureId === null ? null : still(pictureId, [what.drawing]);
    },
  };

  function still(
    pictureId: Parameters<typeof StillView>[0]['pictureId'],
    drawings: Parameters<typeof StillView>[0]['drawings'],
  ) {
    return (
      <span className={css.inTranscript}>
        <StillView pictures={studio.pictures} pictureId={pictureId} drawings={drawings} width={160} close={false} />
      </span>
    );
  }
}
