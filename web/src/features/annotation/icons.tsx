import { drawn } from '#web/ui/icon-frame.tsx';

/* Icons of the drawing tools. */

export const IconDraw = drawn(
  'M4 20l1-4.2L16.3 4.5a1.7 1.7 0 0 1 2.4 0l.8.8a1.7 1.7 0 0 1 0 2.4L8.2 19 4 20zM14.5 6.3l3.2 3.2',
);
export const IconFreeze = drawn('M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9M9.5 4.5L12 7l2.5-2.5M9.5 19.5L12 17l2.5 2.5');
export const IconPen = drawn('M4 17c2-6 4.5-9.5 6.5-8.5S8 16 10.5 16.5 14 9 16.5 9.5 16 15.5 20 14.5');
export const IconArrow = drawn('M5 19L18.5 5.5M9.5 5h9.5v9.5');
export const IconRectangle = drawn('M4 6h16v12H4z');
export const IconEllipse = drawn('M12 18.5c5 0 8.5-2.9 8.5-6.5S17 5.5 12 5.5 3.5 8.4 3.5 12s3.5 6.5 8.5 6.5z');
export const IconText = drawn('M5 7.5V5h14v2.5M12 5v14M9 19h6');
export const IconMark = drawn('M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM10 9.5L12.5 8v8');
export const IconPointer = drawn(
  'M12 12h.01M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21',
);
export const IconEraser = drawn(
  'M9 19.5h11M5.5 16.5l-1.7-1.7a1.5 1.5 0 0 1 0-2.1l8.4-8.4a1.5 1.5 0 0 1 2.1 0l4.6 4.6a1.5 1.5 0 0 1 0 2.1L12 18.5a3 3 0 0 1-4.2 0zM8.5 8.5l6.5 6.5',
);
export const IconUndo = drawn('M8.5 5L4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3');
export const IconRedo = drawn('M15.5 5L20 9.5 15.5 14M20 9.5H10a5.5 5.5 0 0 0 0 11h3');
export const IconClear = drawn('M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10.5 11v5M13.5 11v5');
