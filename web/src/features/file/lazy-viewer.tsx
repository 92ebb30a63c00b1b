import { i18n } from '@lingui/core';
import { type ComponentType, useEffect, useState } from 'react';
import type { ScreenshotId } from '#contract/file/ids.ts';
import type { Store } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import type { Album, ViewerProps } from './album.ts';
import * as css from './file.module.css';

interface LazyViewerProps {
  readonly album: Album;
  readonly opened: Store<ScreenshotId | null>;
}

/** The viewer and its editor, whose file is loaded when a screenshot is opened. */
export function LazyViewer({ album, opened }: LazyViewerProps) {
  const id = useStore(opened);
  const [viewer, setViewer] = useState<{ readonly Viewer: ComponentType<ViewerProps> } | 'loading' | 'failed'>(
    'loading',
  );
  const wanted = id !== null;
  useEffect(() => {
    if (!wanted || typeof viewer === 'object') return;
    let gone = false;
    import('./viewer.tsx').then(
      ({ Viewer }) => !gone && setViewer({ Viewer }),
      () => !gone && setViewer('failed'),
    );
    return () => {
      gone = true;
    };
  }, [wanted, viewer]);
  if (id === null) return null;
  if (typeof viewer === 'object') return <viewer.Viewer album={album} opened={id} open={opened.set} />;
  return (
    <div className={css.opening} role="status">
      {viewer === 'loading' ? i18n._('Opening…') : i18n._('This could not be loaded. Please check your network.')}
      {viewer === 'failed' ? (
        <button
          type="button"
          onClick={() => {
            setViewer('loading');
            opened.set(null);
          }}
        >
          {i18n._('Close')}
        </button>
      ) : null}
    </div>
  );
}
