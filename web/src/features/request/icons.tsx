import { drawn } from '#web/ui/icon-frame.tsx';

/* Icons that only requests have. */
export const IconCalendar = drawn('M5 6.5h14v13H5zM5 10.5h14M8.5 4v4M15.5 4v4');
