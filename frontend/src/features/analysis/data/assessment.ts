import type { Schema } from '@/lib/api/client';

/** What is handed over before a migration; docs/assessment.md describes it. Values in it are masked where personal. */
export type Assessment = Schema<'Assessment'>;
export type Verdict = Schema<'Readiness'>;
export type Severity = Schema<'RiskSeverity'>;
export type TableSummary = Schema<'TableSummary'>;
export type ColumnCard = Schema<'ColumnCard'>;
export type Complexity = Schema<'Complexity'>;
export type RiskEvidence = Schema<'RiskEvidence'>;
export type Risk = Schema<'Risk'>;
export type CaseCheck = Schema<'CaseCheck'>;
export type ConversionItem = Schema<'ConversionItem'>;
export type TargetConversion = Schema<'TargetConversion'>;
export type PersonalColumn = Schema<'PersonalColumn'>;
export type Dependency = Schema<'Dependency'>;
export type Duration = Schema<'Duration'>;
export type Effort = Schema<'Effort'>;
