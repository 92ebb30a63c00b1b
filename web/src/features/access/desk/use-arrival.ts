import { useQueryClient } from '@tanstack/react-query';
import { type Me, readMe } from '#contract/access/http.ts';
import { keyOf } from '#web/desk-ui/asking.ts';

/** Somebody signed in: forgets what the last person saw and remembers who is here. */
export function useArrival(): (me: Me) => void {
  const client = useQueryClient();
  return (me) => {
    client.clear();
    client.setQueryData(keyOf(readMe, {}), me);
  };
}
