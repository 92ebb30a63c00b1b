import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { readMe } from '#contract/access/http.ts';
import { errors } from '#contract/errors.ts';
import { keyOf, refusalOf } from '#web/desk-ui/asking.ts';
import { AskProvider } from '#web/desk-ui/desk-context.tsx';
import type { Ask } from '#web/http/client.ts';
import { router } from './router.ts';
import { cssVariables, theme } from './theme.ts';

const TRIES = 2;

/** Answers stay fresh by what the socket tells; only trouble that may pass is tried again. */
function createQueries(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // Signed out elsewhere, or switched off: the question who is signed in leads to the sign-in page.
        const isMe = query.queryKey[0] === readMe.path;
        if (!isMe && refusalOf(error)?.code === 'not-signed-in')
          void client.invalidateQueries({ queryKey: keyOf(readMe) });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        networkMode: 'always',
        retry: (failures, error) => {
          const refusal = refusalOf(error);
          return failures < TRIES && (refusal === null || errors[refusal.code].retry);
        },
        retryDelay: (failures) => 400 * 2 ** failures,
      },
    },
  });
  return client;
}

/** The desk with everything it stands on. */
export function createDesk(ask: Ask) {
  const queries = createQueries();
  return function Desk() {
    return (
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <AskProvider ask={ask}>
            <RouterProvider router={router} />
          </AskProvider>
        </QueryClientProvider>
      </MantineProvider>
    );
  };
}
