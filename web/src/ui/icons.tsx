import { drawn } from './icon-frame.tsx';

/* Icons that several screens use. Those of the session screen are in call-icons.tsx, so that the code's page does not load them. */

export const IconSend = drawn('M5 12h13M12 5.5l6.5 6.5-6.5 6.5');
export const IconBack = drawn('M15 5l-7 7 7 7');
export const IconDown = drawn('M6 9l6 6 6-6');
export const IconClose = drawn('M6 6l12 12M18 6L6 18');
export const IconPlus = drawn('M12 5v14M5 12h14');
export const IconCheck = drawn('M5 12.5l4.5 4.5L19 7.5');
export const IconOffline = drawn(
  'M3 3l18 18M5 12.5a10 10 0 0 1 4-2.4M8.5 16a5 5 0 0 1 6.5-.4M13 9.2a10 10 0 0 1 6 3.3M2 9a14 14 0 0 1 4-2.6M10.5 5.1A14 14 0 0 1 22 9M12 19.5v.1',
);
export const IconRetry = drawn(
  'M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5',
);
export const IconPerson = drawn('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-5.5 7.5-5.5s6.9 1.5 7.5 5.5');
export const IconMessage = drawn('M4 5.5h16v11H11l-4.5 3.7v-3.7H4z');
export const IconVideo = drawn(
  'M3.5 6.5h11a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 2 16V8a1.5 1.5 0 0 1 1.5-1.5zM16 10.8l6-3.3v9l-6-3.3',
);
export const IconTicket = drawn(
  'M4 7h16v3.2a1.9 1.9 0 0 0 0 3.6V17H4v-3.2a1.9 1.9 0 0 0 0-3.6zM14 7v2M14 11v2M14 15v2',
);
export const IconMore = drawn('M5.5 12h.01M12 12h.01M18.5 12h.01', 3);
