import { i18n } from '@lingui/core';
import type { Colour, Width } from '#contract/annotation/drawing.ts';
import type { ToolChoice } from './tool-model.ts';

/** The keys of the tools while one is drawing. */
export const toolKeys: Readonly<Record<ToolChoice, string>> = {
  pen: 'P',
  arrow: 'A',
  rectangle: 'R',
  ellipse: 'E',
  text: 'T',
  mark: 'N',
  pointer: 'L',
  eraser: 'Delete',
};

/** What a tool is called. */
export function toolWords(choice: ToolChoice): string {
  switch (choice) {
    case 'pen':
      return i18n._('Pen');
    case 'arrow':
      return i18n._('Arrow');
    case 'rectangle':
      return i18n._('Rectangle');
    case 'ellipse':
      return i18n._('Circle');
    case 'text':
      return i18n._('Text');
    case 'mark':
      return i18n._('Number');
    case 'pointer':
      return i18n._('Pointer');
    case 'eraser':
      return i18n._('Delete a drawing');
  }
}

/** What a colour is called. */
export function colourWords(colour: Colour): string {
  switch (colour) {
    case 'yellow':
      return i18n._('Yellow');
    case 'red':
      return i18n._('Red');
    case 'green':
      return i18n._('Green');
    case 'blue':
      return i18n._('Blue');
    case 'white':
      return i18n._('White');
    case 'black':
      return i18n._('Black');
  }
}

/** What a line's width is called. */
export function widthWords(width: Width): string {
  if (width === 'thin') return i18n._('Thin');
  return width === 'medium' ? i18n._('Medium') : i18n._('Thick');
}
