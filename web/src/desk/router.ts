import { createRouter } from '@tanstack/react-router';
import { BrokenPage } from './error-boundary.tsx';
import { MissingPage } from './missing-page.tsx';
import { routeTree } from './routes.tsx';
import { parseSearch, writeSearch } from './search-params.ts';

/** The desk's router. */
export const router = createRouter({
  routeTree,
  parseSearch,
  // What a page does not know in the address bar never reaches it.
  search: { strict: true },
  stringifySearch: writeSearch,
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: MissingPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
