import { drawn } from './icon-frame.tsx';

/* Icons of the session screen. */

export const IconMicrophone = drawn(
  'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
);
export const IconMicrophoneOff = drawn(
  'M3.5 3.5l17 17M9.2 9.2v2.1a2.8 2.8 0 0 0 4.3 2.4M14.8 11.2v-5a2.8 2.8 0 0 0-5.5-.8M5.5 11.5a6.5 6.5 0 0 0 10.4 5.2M18.5 11.5a6.5 6.5 0 0 1-.7 2.9M12 18v3',
);
export const IconCamera = drawn(
  'M3.5 6.5h11a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 2 16V8a1.5 1.5 0 0 1 1.5-1.5zM16 10.8l6-3.3v9l-6-3.3',
);
export const IconCameraOff = drawn(
  'M3 3l18 18M10 6.5h4.5A1.5 1.5 0 0 1 16 8v4.5M16 16.2a1.5 1.5 0 0 1-1.5 1.3h-11A1.5 1.5 0 0 1 2 16V8a1.5 1.5 0 0 1 1.5-1.5h2.8M16 10.8l6-3.3v9l-3-1.6',
);
export const IconFlip = drawn(
  'M4 8.5h3L8.5 6h7L17 8.5h3V19H4zM9 13.5a3 3 0 0 1 5.6-1.5M15 13.5a3 3 0 0 1-5.6 1.5M14.8 10v2.1h-2.1M9.2 17v-2.1h2.1',
);
export const IconSpeaker = drawn(
  'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15 9.2a4 4 0 0 1 0 5.6M17.6 6.6a7.6 7.6 0 0 1 0 10.8',
);
export const IconHangUp = drawn(
  'M3.2 14.6c-.9-2.4 3.9-5.1 8.8-5.1s9.7 2.7 8.8 5.1l-.5 1.2c-.2.6-.9.9-1.5.7l-3-.9c-.5-.2-.9-.6-.9-1.2l-.1-1.6a11 11 0 0 0-5.6 0l-.1 1.6c0 .6-.4 1-.9 1.2l-3 .9c-.6.2-1.3-.1-1.5-.7z',
);
export const IconPeople = drawn(
  'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.5-3.6 3.2-5 6.5-5s6 1.4 6.5 5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.9c2.2.6 3.7 2 4 4.6',
);
export const IconSettings = drawn(
  'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
);
