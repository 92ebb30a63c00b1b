import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { Drawing } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { createStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import * as css from './annotation.module.css';
import type { Missing } from './sights.ts';
import { StillView } from './still-view.tsx';
import type { Studio } from './studio.ts';

const NOTHING = createStore<readonly Missing[]>([]);
const MOST = 3;

/** Drawings that the live picture does not show: the still they were drawn on, and what to do about it. */
export function Dock({ studio, own }: { studio: Studio; own: boolean }) {
  const screen = useStore(studio.stage);
  const missing = useStore(screen?.missing ?? NOTHING);
  const { drawings } = useStore(studio.board.board);
  const sights = useStore(studio.sights);
  const blind = useStore(studio.blind);
  const [open, show] = useState<Missing | null>(null);
  if (screen === null) return null;
  const name = studio.nameOf(screen.participantId);
  const of = (ids: readonly DrawingId[]): Drawing[] =>
    drawings.flatMap(({ drawing }) => (ids.includes(drawing.id) ? [drawing] : []));
  const unseen = own ? null : unseenBy(sights.get(screen.participantId), missing);
  return (
    <div className={css.dock} role="status">
      {missing.slice(-MOST).map((one) => (
        <button key={one.pictureId} type="button" className={css.lost} onClick={() => show(one)}>
          <StillView pictures={studio.pictures} pictureId={one.pictureId} drawings={of(one.ids)} width={128} close />
          <span className={css.bring}>{blind ? blindWords() : missingWords(one, own, name)}</span>
        </button>
      ))}
      {unseen !== null ? (
        <p className={css.unseen}>
          {unseen === 'all'
            ? i18n._('{name} does not see the drawings at the moment', { name })
            : i18n._('{name} does not see all of the drawings', { name })}
        </p>
      ) : null}
      {open === null ? null : (
        <Dialog title={i18n._('Where it was drawn')} onClose={() => show(null)}>
          <Large studio={studio} pictureId={open.pictureId} drawings={of(open.ids)} />
        </Dialog>
      )}
    </div>
  );
}

function Large({ studio, pictureId, drawings }: { studio: Studio; pictureId: PictureId; drawings: Drawing[] }) {
  const width = Math.min(880, Math.round(innerWidth * 0.85));
  return <StillView pictures={studio.pictures} pictureId={pictureId} drawings={drawings} width={width} close={false} />;
}

const blindWords = () => i18n._('Drawn here. This device can’t show it in the moving picture.');

function missingWords({ sight }: Missing, own: boolean, name: string): string {
  if (sight === 'ambiguous')
    return own
      ? i18n._('Two places look alike here. Show more of what is around.')
      : i18n._('Two places look alike. Ask {name} to show more of what is around.', { name });
  return own ? i18n._('Bring this into view') : i18n._('Not in {name}’s view', { name });
}

/** Of the drawings that are seen here, how many the camera's own screen misses; null for none. */
function unseenBy(
  theirs: ReadonlyMap<DrawingId, string> | undefined,
  missing: readonly Missing[],
): 'all' | 'some' | null {
  const here = [...(theirs ?? [])].filter(([id]) => !missing.some(({ ids }) => ids.includes(id)));
  const lost = here.filter(([, sight]) => sight === 'lost').length;
  if (lost === 0) return null;
  return lost === here.length ? 'all' : 'some';
}
