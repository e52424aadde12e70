import createFetchClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { readThrough } from '@/lib/offline/read-through';
import { ApiError, errorOf } from './errors';
import type { components, paths } from './schema';
import { sessionFetch } from './session';

/** A type of the API by its name in the OpenAPI document. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

const read = readThrough(sessionFetch);

/** A page asks for much at once: each question begins in a step of its own, between which the browser answers. */
const begin = async (request: Request) => {
  if (request.method === 'GET') await new Promise((step) => setTimeout(step));
  return read(request);
};

/** Requests with types from the OpenAPI document; what is not 2xx is thrown as ApiError. */
export const client = createFetchClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: (request) =>
    begin(request).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiError(0, { detail: error instanceof Error ? error.message : '' });
    }),
  querySerializer: { array: { style: 'form', explode: true } },
});
client.use({
  async onResponse({ response }) {
    if (!response.ok) throw await errorOf(response);
  },
});

/** The same as hooks: `$api.useQuery('get', '/api/v1/projects')`. Keys begin with method and path. */
export const $api = createQueryClient(client);

/** For changes: which version they are based on. */
export const ifMatch = (version: number) => ({ 'If-Match': `"v${String(version)}"` });
/** For requests that must not be done twice. */
export const once = () => ({ 'Idempotency-Key': crypto.randomUUID() });
