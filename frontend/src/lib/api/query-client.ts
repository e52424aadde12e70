import { QueryClient } from '@tanstack/react-query';
import { asApiError } from './errors';

/** What a client did wrong stays wrong; what the network did may pass. */
const mayPass = (error: unknown) => {
  const { status } = asApiError(error);
  return status === 0 || status === 429 || status >= 500;
};

export const makeQueryClient = (retries = 2) =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < retries && mayPass(error),
        throwOnError: false,
        // Also without a network: what was kept is shown then, and what was not says so instead of waiting unseen.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      // A change fails at once and is said to have failed; none is sent later by itself.
      mutations: { networkMode: 'always' },
    },
  });
