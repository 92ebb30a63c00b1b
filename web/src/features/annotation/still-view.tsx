import { i18n } from '@lingui/core';
import { useEffect, useRef } from 'react';
import type { Drawing } from '#contract/annotation/drawing.ts';
import type { PictureId } from '#contract/annotation/ids.ts';
import { outlineOf } from '#core/annotation/outline.ts';
import { regionOf, union } from '#core/annotation/region.ts';
import type { Box } from '#core/geometry/points.ts';
import { screenPoint } from '#core/geometry/points.ts';
import * as css from './annotation.module.css';
import { paintDrawing } from './painter.ts';
import type { Pictures } from './pictures.ts';

interface StillProps {
  readonly pictures: Pictures;
  readonly pictureId: PictureId;
  readonly drawings: readonly Drawing[];
  /** CSS px. */
  readonly width: number;
  /** Only what was drawn on, with its surroundings; otherwise the whole picture. */
  readonly close: boolean;
}

const ASPECT = 16 / 10;

/** A still with what was drawn on it. The picture is asked for once the still can be seen. */
export function StillView({ pictures, pictureId, drawings, width, close }: StillProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = Math.round(width / ASPECT);
  // Drawings are facts: the same ids are the same drawings.
  const key = drawings.map(({ id }) => id).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the drawings
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const life = new AbortController();
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      void paintStill(life.signal, element, pictures, pictureId, drawings, close);
    });
    seen.observe(element);
    return () => {
      life.abort();
      seen.disconnect();
    };
  }, [pictures, pictureId, key, close]);
  const ratio = Math.min(2, globalThis.devicePixelRatio ?? 1);
  return (
    <canvas
      ref={canvas}
      className={css.still}
      width={Math.round(width * ratio)}
      height={Math.round(height * ratio)}
      style={{ width, aspectRatio: `${width} / ${height}` }}
      role="img"
      aria-label={i18n._('Still with drawings')}
    />
  );
}

async function paintStill(
  life: AbortSignal,
  canvas: HTMLCanvasElement,
  pictures: Pictures,
  pictureId: PictureId,
  drawings: readonly Drawing[],
  close: boolean,
): Promise<void> {
  const file = await pictures.file(pictureId);
  const picture = file === null ? null : await createImageBitmap(file).catch(() => null);
  const context = canvas.getContext('2d');
  if (picture === null || context === null || life.aborted) return picture?.close();
  const { left, top, right, bottom } = close ? closeUp(drawings, picture) : WHOLE;
  const scale = Math.min(
    canvas.width / ((right - left) * picture.width),
    canvas.height / ((bottom - top) * picture.height),
  );
  // The part that is meant, in the middle; what lies around it fills the rest.
  const x0 = canvas.width / 2 - ((left + right) / 2) * picture.width * scale;
  const y0 = canvas.height / 2 - ((top + bottom) / 2) * picture.height * scale;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x0, y0, picture.width * scale, picture.height * scale);
  const line = Math.max(0.45, Math.min(canvas.width, canvas.height) / 480);
  for (const { shape, style } of drawings) {
    const places = outlineOf(shape, picture).map(([x, y]) =>
      screenPoint(x0 + x * picture.width * scale, y0 + y * picture.height * scale),
    );
    paintDrawing(context, { shape, style, places, opacity: 1 }, line);
  }
  picture.close();
}

const WHOLE: Box = { left: 0, top: 0, right: 1, bottom: 1 };

function closeUp(drawings: readonly Drawing[], picture: { width: number; height: number }): Box {
  const boxes = drawings.map(({ shape }) => regionOf(outlineOf(shape, picture), picture, 1.5));
  const [first, ...others] = boxes;
  return first === undefined ? WHOLE : others.reduce(union, first);
}
