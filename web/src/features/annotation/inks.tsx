import { i18n } from '@lingui/core';
import type { Colour, Width } from '#contract/annotation/drawing.ts';
import * as css from './inks.module.css';
import { inkOf } from './painter.ts';
import { colours, widths } from './tool-model.ts';
import { colourWords, widthWords } from './words.ts';

interface InkProps {
  /** Of each button. */
  readonly className: string;
  readonly colour: Colour;
  /** The number of a colour is its key. */
  readonly keys?: boolean;
  readonly choose: (colour: Colour) => void;
}

/** A button for each colour, one of them pressed. */
export function Inks({ className, colour, keys = false, choose }: InkProps) {
  return colours.map((one, at) => (
    <button
      key={one}
      type="button"
      className={className}
      aria-label={colourWords(one)}
      title={keys ? `${colourWords(one)} (${at + 1})` : colourWords(one)}
      aria-keyshortcuts={keys ? String(at + 1) : undefined}
      aria-pressed={one === colour}
      onClick={() => choose(one)}
    >
      <span className={css.swatch} style={{ background: inkOf(one) }} />
    </button>
  ));
}

interface WidthProps {
  readonly className: string;
  readonly width: Width;
  readonly choose: (width: Width) => void;
}

/** A button for each width of lines, one of them pressed. */
export function Widths({ className, width, choose }: WidthProps) {
  return widths.map((one) => (
    <button
      key={one}
      type="button"
      className={className}
      aria-label={i18n._('{width} lines', { width: widthWords(one) })}
      title={i18n._('{width} lines', { width: widthWords(one) })}
      aria-pressed={one === width}
      onClick={() => choose(one)}
    >
      <span className={css.line} data-width={one} />
    </button>
  ));
}
