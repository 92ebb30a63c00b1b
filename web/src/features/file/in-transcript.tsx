import { i18n } from '@lingui/core';
import type { ScreenshotId } from '#contract/file/ids.ts';
import { versionsFor } from '#core/file/screenshots.ts';
import { useStore } from '#web/state/use-store.ts';
import type { Album } from './album.ts';
import * as css from './file.module.css';
import type { OnItsWay } from './sender.ts';
import { ShotImage } from './shot-image.tsx';
import { fileAddress } from './ways.ts';
import { onItsWayWords } from './words.ts';

interface ShotInTranscriptProps {
  readonly album: Album;
  readonly screenshotId: ScreenshotId;
  readonly open: (screenshotId: ScreenshotId) => void;
}

/** A screenshot beside its line: its newest version, or where the picture is. */
export function ShotInTranscript({ album, screenshotId, open }: ShotInTranscriptProps) {
  const shot = useStore(album.shots).find(({ id }) => id === screenshotId);
  const onItsWay = useStore(album.sender.onItsWay).find((one) => one.screenshotId === screenshotId);
  if (shot === undefined || shot.erased !== null) return null;
  const newest = versionsFor(shot.versions, album.as).at(-1);
  if (newest === undefined) return <ShotComing onItsWay={onItsWay} />;
  return (
    <button
      type="button"
      className={css.thumbnail}
      aria-label={i18n._('Open screenshot {number}', { number: shot.number })}
      onClick={() => open(shot.id)}
    >
      <ShotImage src={fileAddress(album.sessionId, shot.id, newest.number, 'thumbnail')} {...newest} />
    </button>
  );
}

/** The place of a picture that is not there yet. */
export function ShotComing({ onItsWay }: { onItsWay: OnItsWay | undefined }) {
  return (
    <span className={css.coming} data-stuck={onItsWay?.stuck}>
      <span className={css.bar} aria-hidden="true">
        <span style={{ inlineSize: `${Math.round((onItsWay?.sent ?? 0) * 100)}%` }} />
      </span>
      {onItsWayWords(onItsWay)}
    </span>
  );
}
