/** What a plan file may say, as docs/plan.schema.json has it; a test sees that they are the same. The first is the default. */
export const MODES = ['create', 'append', 'truncate', 'upsert'] as const;
export const RESTS = ['map', 'drop', 'fail'] as const;
export const RULE_KINDS = ['not_null', 'range', 'length', 'regex', 'in', 'expr'] as const;
export const SEVERITIES = ['reject', 'warn', 'fail'] as const;
export const NAMINGS = ['keep', 'snake', 'lower'] as const;

export const ON = {
  zero_date: ['null', 'error', 'epoch'],
  nul_byte: ['strip', 'reject', 'error'],
  orphan_row: ['report', 'quarantine', 'error'],
  row_error: ['quarantine', 'fail'],
} as const;

export const RUN = {
  schema: ['create', 'reuse', 'replace'],
  verify: ['checksum', 'none', 'counts', 'diff'],
  undo: ['journal', 'none'],
} as const;
