import { drawn } from '#web/ui/icon-frame.tsx';

/* Icons of screenshots and their editor. */

export const IconScreenshot = drawn(
  'M4 8.5h3.2L8.8 6h6.4l1.6 2.5H20a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9.5a1 1 0 0 1 1-1zM12 16.5a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8z',
);
export const IconSelect = drawn('M6 4l12 7.2-5.4 1.2L10 18zM13 13l4.5 6');
export const IconHighlight = drawn('M4 20h16M6.5 16.5l1-4L15 5l3.5 3.5L11 16zM7.5 12.5L11 16');
export const IconBlur = drawn(
  'M5 5h3v3H5zM10.5 5h3v3h-3zM16 5h3v3h-3zM5 10.5h3v3H5zM10.5 10.5h3v3h-3zM16 10.5h3v3h-3zM5 16h3v3H5zM10.5 16h3v3h-3zM16 16h3v3h-3z',
);
export const IconCrop = drawn('M7 2.5V17h14.5M2.5 7H17v14.5');
export const IconTurn = drawn('M5 12a7 7 0 1 1 2 4.9M5 20v-4h4');
export const IconDownload = drawn('M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14');
export const IconEdit = drawn('M4 20l1-4.2L16.3 4.5a1.7 1.7 0 0 1 2.4 0l.8.8a1.7 1.7 0 0 1 0 2.4L8.2 19 4 20z');
export const IconBin = drawn('M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9l1-12.5M10.5 11v5M13.5 11v5');
export const IconNext = drawn('M9 5l7 7-7 7');
export const IconIn = drawn('M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21M10.5 7.5v6M7.5 10.5h6');
export const IconOut = drawn('M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21M7.5 10.5h6');
