import { i18n } from '@lingui/core';
import { useId } from 'react';
import type { ScreenshotId } from '#contract/file/ids.ts';
import { type Shot, versionsFor } from '#core/file/screenshots.ts';
import { useStore } from '#web/state/use-store.ts';
import { clockWords } from '#web/ui/time-words.ts';
import type { Album } from './album.ts';
import * as css from './gallery.module.css';
import { IconDownload } from './icons.tsx';
import { ShotComing } from './in-transcript.tsx';
import { ShotImage } from './shot-image.tsx';
import { archiveAddress, fileAddress } from './ways.ts';
import { keptWords, nameOf } from './words.ts';

interface GalleryProps {
  readonly album: Album;
  readonly open: (id: ScreenshotId) => void;
}

/** A7: the screenshots of a session, each in its newest version. */
export function Gallery({ album, open }: GalleryProps) {
  const shots = useStore(album.shots);
  const onItsWay = useStore(album.sender.onItsWay).filter(({ sessionId }) => sessionId === album.sessionId);
  const kept = keptWords(onItsWay);
  const titleId = useId();
  const any = shots.some(({ versions }) => versions.length > 0);
  return (
    <section aria-labelledby={titleId}>
      <header className={css.head}>
        <h2 id={titleId}>{i18n._('Screenshots')}</h2>
        {any ? (
          <a className={css.all} href={archiveAddress(album.sessionId)} download>
            <IconDownload size={20} />
            {i18n._('Download all')}
          </a>
        ) : null}
      </header>
      {kept === null ? null : (
        <p className={css.kept} role="status">
          {kept}
        </p>
      )}
      {shots.length === 0 ? <p className={css.none}>{i18n._('No screenshots were taken.')}</p> : null}
      <ol className={css.grid}>
        {shots.map((shot) => (
          <li key={shot.id}>
            <Tile
              album={album}
              shot={shot}
              open={open}
              coming={onItsWay.find(({ screenshotId }) => screenshotId === shot.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface TileProps extends GalleryProps {
  readonly shot: Shot;
  readonly coming: Parameters<typeof ShotComing>[0]['onItsWay'];
}

function Tile({ album, shot, open, coming }: TileProps) {
  const versions = versionsFor(shot.versions, album.as);
  const newest = versions.at(-1);
  const said = (
    <span className={css.said}>
      <strong>{i18n._('Screenshot {number}', { number: shot.number })}</strong>
      {nameOf(shot.author)}, {clockWords(shot.at)}
      {versions.length > 1
        ? ` · ${i18n._('{count, plural, one {# version} other {# versions}}', { count: versions.length })}`
        : null}
    </span>
  );
  if (shot.erased !== null || newest === undefined) {
    return (
      <div className={css.tile}>
        <span className={css.empty}>
          {shot.erased === null ? (
            <ShotComing onItsWay={coming} />
          ) : shot.erased === 'retention' ? (
            i18n._('Erased: its time was over')
          ) : (
            i18n._('Erased')
          )}
        </span>
        {said}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={css.tile}
      aria-label={i18n._('Open screenshot {number}', { number: shot.number })}
      onClick={() => open(shot.id)}
    >
      <ShotImage src={fileAddress(album.sessionId, shot.id, newest.number, 'thumbnail')} {...newest} />
      {said}
    </button>
  );
}
