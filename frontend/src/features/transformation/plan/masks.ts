import type { MaskKind } from '../api/known';

const FIRST_KEY = 'pii';

/** A mask as the plan has it: with the key that stood there, else the first of those that are known. */
export const maskOf = (
  { kind, keyed }: Pick<MaskKind, 'kind' | 'keyed'>,
  keys: readonly string[],
  own = '',
): Record<string, string> => (keyed ? { kind, key: own || keys[0] || FIRST_KEY } : { kind });
