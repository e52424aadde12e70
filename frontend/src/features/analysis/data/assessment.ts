import type { Schema } from '@/lib/api/client';

/** What is handed over before a migration; docs/assessment.md describes it. Values in it are masked where personal. */
export interface Assessment {
  source: string;
  system: string;
  target: string;
  made_at: string;
  profiled: boolean;
  verdict: Verdict;
  headline: string;
  reasons: { blocks: boolean; text: string; action: string; risk: string }[];
  summary: string[];
  next_steps: string[];
  rows: number;
  bytes: number;
  bytes_known: boolean;
  inventory: { kind: string; count: number; detail: string }[];
  tables: TableSummary[];
  complexity: Complexity;
  risks: Risk[];
  cases: CaseCheck[];
  conversions: TargetConversion[];
  quality: Schema<'QualitySummary'>;
  personal: { examined: boolean; columns: PersonalColumn[] };
  dependencies: { edges: Dependency[]; load_order: string[]; cycles: string[][] };
  duration: Duration;
  effort: Effort;
  plan: string;
  notes: string[];
}

export type Verdict = 'ready' | 'ready_with_conditions' | 'not_ready';
export type Severity = 'note' | 'low' | 'medium' | 'high' | 'critical';
type Score = Schema<'QualityScore'>;

export interface TableSummary {
  name: string;
  comment: string;
  /** -1 while nobody knows. */
  rows: number;
  bytes: number;
  columns: number;
  key: string;
  level: string;
  quality?: number | null;
  personal_columns: number;
  risks: number;
  worst: Severity;
  scores: Score[];
  cards: ColumnCard[];
}

export interface ColumnCard {
  name: string;
  type: string;
  target_type: string;
  key: boolean;
  nullable: boolean;
  semantic: string;
  personal: boolean;
  quality: Score[];
}

interface ScorePart {
  about: string;
  count: number;
  weight: number;
  points: number;
}

export interface Complexity {
  points: number;
  level: string;
  formulas: string[];
  distribution: { level: string; count: number; points: number }[];
  objects: { kind: string; name: string; points: number; level: string; parts: ScorePart[] }[];
}

export interface RiskEvidence {
  table: string;
  column: string;
  text: string;
  sampled: boolean;
  samples: string[];
}

export interface Risk {
  kind: string;
  failure_case: string;
  title: string;
  severity: Severity;
  consequence: string;
  engine: string;
  decision: string;
  plan_key: string;
  plan_example: string;
  places: number;
  affected: number;
  share: number;
  evidence: RiskEvidence[];
}

export interface CaseCheck {
  failure_case: string;
  title: string;
  status: 'found' | 'clear' | 'by_design' | 'at_run_time' | 'not_examined' | 'not_applicable';
  note: string;
}

export interface ConversionItem {
  kind: string;
  name: string;
  status: 'manual' | 'adapted';
  why: string;
  source: string;
}

export interface TargetConversion {
  dialect: string;
  label: string;
  chosen: boolean;
  /** Why no run would begin; empty when it would. */
  refused: string;
  automatic: number;
  adapted: number;
  manual: number;
  lines: { kind: string; automatic: number; adapted: number; manual: number }[];
  items: ConversionItem[];
  types: { from: string; to: string; columns: number; changes: boolean; note: string }[];
}

export interface PersonalColumn {
  table: string;
  column: string;
  kind: string;
  title: string;
  category: string;
  sensitivity: Severity;
  confidence: number;
  rows: number;
  evidence: string[];
}

export interface Dependency {
  child: string;
  parent: string;
  columns: string[];
  parent_columns: string[];
  declared: boolean;
  /** -1: nobody looked. */
  orphans: number;
  confidence: number;
}

export interface Duration {
  seconds: number;
  low: number;
  high: number;
  measured: boolean;
  basis: string;
  formula: string;
  parts: ScorePart[];
  assumptions: string[];
}

export interface Effort {
  hours: number;
  low: number;
  high: number;
  lines: { about: string; count: number; hours_each: number; hours: number }[];
  assumptions: string[];
}
