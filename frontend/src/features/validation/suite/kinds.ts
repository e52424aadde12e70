/** What a check may say, by its kind: which members the form offers. */
export const KINDS = [
  'not_null',
  'unique',
  'range',
  'length',
  'regex',
  'in',
  'expr',
  'completeness',
  'uniqueness',
  'row_count',
  'freshness',
  'distribution',
  'references',
  'column',
  'sql',
] as const;
export type Kind = (typeof KINDS)[number];

export const SEVERITIES = ['error', 'warn', 'info'] as const;
export const DISTANCES = ['psi', 'ks', 'js'] as const;

/** Members that the form shows as texts. */
export const TEXTS = [
  'name',
  'table',
  'column',
  'min',
  'max',
  'pattern',
  'values',
  'expr',
  'max_age',
  'bins',
  'againstTable',
  'againstColumn',
  'type',
  'sql',
  'where',
  'tolerance',
  'owner',
  'description',
] as const;
export type TextName = (typeof TEXTS)[number];

interface Shape {
  /** Besides table and column, in the order of the form. */
  own: readonly TextName[];
  required: readonly TextName[];
  table?: false;
  column?: false;
  where?: false;
  tolerance?: false;
}

const NEEDS = ['table', 'column'] as const;

export const SHAPES: Record<Kind, Shape> = {
  not_null: { own: [], required: NEEDS },
  unique: { own: [], required: NEEDS },
  range: { own: ['min', 'max'], required: NEEDS },
  length: { own: ['min', 'max'], required: NEEDS },
  regex: { own: ['pattern'], required: [...NEEDS, 'pattern'] },
  in: { own: ['values'], required: [...NEEDS, 'values'] },
  expr: { own: ['expr'], required: ['table', 'expr'], column: false },
  completeness: { own: ['min'], required: [...NEEDS, 'min'], tolerance: false },
  uniqueness: { own: ['min'], required: [...NEEDS, 'min'], tolerance: false },
  row_count: { own: ['min', 'max', 'againstTable'], required: ['table'], column: false },
  freshness: { own: ['max_age'], required: [...NEEDS, 'max_age'], tolerance: false },
  distribution: { own: ['max', 'bins', 'againstTable'], required: [...NEEDS, 'max'], tolerance: false },
  references: { own: ['againstTable', 'againstColumn'], required: NEEDS },
  column: { own: ['type'], required: NEEDS, where: false, tolerance: false },
  sql: { own: ['sql', 'min', 'max'], required: ['sql'], table: false, column: false, where: false },
};

export const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

/** The texts that a check of that kind has, in the order of the form. */
export function textsOf(kind: Kind): TextName[] {
  const { own, table, column, where, tolerance } = SHAPES[kind];
  return [
    ...(table === false ? [] : (['table'] as const)),
    ...(column === false ? [] : (['column'] as const)),
    ...own,
    ...(where === false ? [] : (['where'] as const)),
    ...(tolerance === false ? [] : (['tolerance'] as const)),
    'owner',
    'name',
    'description',
  ];
}
