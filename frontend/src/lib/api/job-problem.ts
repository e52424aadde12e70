import { ApiError } from './errors';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** What a job says went wrong, as errors are shown. */
export function problemOf(error: unknown): ApiError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const said = error as Record<string, unknown>;
  const message = textOf(said.message) || textOf(said.detail);
  return new ApiError(500, { title: message || textOf(said.title), code: textOf(said.code), fix: textOf(said.fix) });
}
