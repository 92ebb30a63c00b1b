import { drawn } from '#web/ui/icon-frame.tsx';

export const IconRecord = drawn(
  'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
);
export const IconStop = drawn('M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.5 9.5h5v5h-5z');
export const IconPlay = drawn('M8 5.5v13l11-6.5z');
export const IconPause = drawn('M8.5 5.5v13M15.5 5.5v13');
export const IconWhole = drawn('M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15');
export const IconDownload = drawn('M12 4.5V15M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14');
export const IconSilent = drawn('M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5');
