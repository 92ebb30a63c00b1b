import { createContext, type ReactNode, useContext } from 'react';
import type { Me } from '#contract/access/http.ts';

const MeContext = createContext<Me | null>(null);

/** Gives the pages of a signed-in member who that is. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** The signed-in member and the organization. Only inside pages that need a sign-in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('MeProvider is missing');
  return me;
}
