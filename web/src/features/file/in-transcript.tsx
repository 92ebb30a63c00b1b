import { i18n } from '@lingui/core';
import { useState } from 'react';
import type { ScreenshotId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import type { ParticipantKind } from '#contract/session/events.ts';
import { type Shot, type ShotVersion, versionsFor } from '#core/file/screenshots.ts';
import type { ReadableStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import * as css from './file.module.css';
import type { OnItsWay } from './sender.ts';
import { fileAddress } from './ways.ts';
import { onItsWayWords } from './words.ts';

/** What the pictures of screenshots need to know. */
export interface ShotsView {
  readonly sessionId: SessionId;
  readonly as: ParticipantKind;
  readonly shots: ReadableStore<readonly Shot[]>;
  readonly onItsWay: ReadableStore<readonly OnItsWay[]>;
  open(screenshotId: ScreenshotId): void;
}

/** A screenshot beside its line: its newest version, or where the picture is. */
export function ShotInTranscript({ view, screenshotId }: { view: ShotsView; screenshotId: ScreenshotId }) {
  const shot = useStore(view.shots).find(({ id }) => id === screenshotId);
  const onItsWay = useStore(view.onItsWay).find((one) => one.screenshotId === screenshotId);
  if (shot === undefined || shot.erased !== null) return null;
  const newest = versionsFor(shot.versions, view.as).at(-1);
  if (newest === undefined) return <ShotComing onItsWay={onItsWay} />;
  return <ShotThumbnail view={view} shot={shot} version={newest} />;
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

function ShotThumbnail({ view, shot, version }: { view: ShotsView; shot: Shot; version: ShotVersion }) {
  return (
    <button
      type="button"
      className={css.thumbnail}
      aria-label={i18n._('Open screenshot {number}', { number: shot.number })}
      onClick={() => view.open(shot.id)}
    >
      <ShotImage src={fileAddress(view.sessionId, shot.id, version.number, 'thumbnail')} {...version} />
    </button>
  );
}

interface ShotImageProps {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

/** The small picture, in its place from the beginning. */
export function ShotImage({ src, width, height }: ShotImageProps) {
  const [failed, fail] = useState<string | null>(null);
  if (failed === src) return <span className={css.missing}>{i18n._('This picture can’t be loaded')}</span>;
  return (
    <img
      src={src}
      alt=""
      width={width}
      height={height}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => fail(src)}
    />
  );
}
