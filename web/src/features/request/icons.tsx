import { drawn } from '#web/ui/icon-frame.tsx';

/* Icons that only requests have. */
export const IconCalendar = drawn('M5 6.5h14v13H5zM5 10.5h14M8.5 4v4M15.5 4v4');
export const IconInbox = drawn('M4 13.5l2.5-8h11l2.5 8v5.5H4zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20');
