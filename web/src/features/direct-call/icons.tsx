import { drawn } from '#web/ui/icon-frame.tsx';

/** A receiver that is lifted. */
export const IconCall = drawn(
  'M6.2 3.8h2.6l1.6 4.2-2 1.5a12.5 12.5 0 0 0 6.1 6.1l1.5-2 4.2 1.6v2.6a2 2 0 0 1-2.2 2A16.3 16.3 0 0 1 4.2 6a2 2 0 0 1 2-2.2z',
);
