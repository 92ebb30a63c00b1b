import { i18n } from '@lingui/core';
import { useState } from 'react';
import * as css from './shot-image.module.css';

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
