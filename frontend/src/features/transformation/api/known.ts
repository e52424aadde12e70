import { useMemo } from 'react';
import type { Offer } from '@/components/code-editor';
import { $api, type Schema } from '@/lib/api/client';
import type { PlanTable } from '../plan/model';

export type KnownColumn = Schema<'PlanColumnView'>;

export interface Known {
  source: readonly KnownColumn[];
  target: readonly KnownColumn[];
}

const NOTHING: Known = { source: [], target: [] };

/** The tables of both sides with their columns, as the stored plan leads from one to the other. */
export const useKnownTables = (planId: string) =>
  $api.useQuery(
    'get',
    '/api/v1/plans/{plan_id}/columns',
    { params: { path: { plan_id: planId } } },
    { staleTime: 5 * 60_000, retry: false },
  );

const bare = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

/** A table that goes into several stands there several times: the columns of a target are those of its own. */
export function knownOf(items: readonly Schema<'PlanTableView'>[], { source, target }: PlanTable): Known {
  const ofSource = source ? items.filter(({ source_table }) => bare(source_table) === bare(source)) : items;
  const [found] = target ? ofSource.filter(({ target_table }) => bare(target_table) === bare(target)) : ofSource;
  const from = found ?? (source ? ofSource[0] : undefined);
  return from ? { source: from.source_columns, target: found?.target_columns ?? [] } : NOTHING;
}

export function useKnown(planId: string, table: PlanTable | undefined): Known {
  const { data } = useKnownTables(planId);
  return useMemo(() => (data && table ? knownOf(data.items, table) : NOTHING), [data, table]);
}

export type MaskKind = Schema<'MaskKindView'>;

/** The kinds of masks that the server knows. */
export function useMaskKinds(): readonly MaskKind[] {
  const { data } = $api.useQuery('get', '/api/v1/masks/kinds', {}, { staleTime: Infinity, retry: false });
  return data?.items ?? [];
}

/** Names of keys that plans have used already. */
export function useMaskKeys(): readonly string[] {
  const { data } = $api.useQuery('get', '/api/v1/masks/keys', {}, { retry: false });
  return useMemo(() => (data?.items ?? []).map(({ name }) => name), [data]);
}

/** A name as SQL has it: quoted only where it must be. */
export const quotedName = (name: string) =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const KEYWORDS = [
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'IS NULL',
  'IS NOT NULL',
  'AND',
  'OR',
  'NOT',
  'IN',
  'LIKE',
  'BETWEEN',
];
const words: readonly Offer[] = KEYWORDS.map((label) => ({ label, kind: 'keyword' }));

const columnOffer = ({ name, native }: KnownColumn): Offer => ({
  label: name,
  kind: 'column',
  detail: native,
  insert: quotedName(name),
});

const functionOffer = ({ name, parameters, forms, description }: Schema<'ExpressionFunctionView'>): Offer => ({
  label: name,
  kind: 'function',
  detail: `(${parameters.join(', ')})`,
  info: [description, ...forms].filter(Boolean).join('\n'),
  insert: `${name}(`,
});

/** What may stand in an expression: columns of the row, functions of the server. */
export function useOffers(columns: readonly KnownColumn[]) {
  const { data } = $api.useQuery('get', '/api/v1/expressions/functions', {}, { staleTime: Infinity, retry: false });
  return useMemo(() => {
    const all = [...columns.map(columnOffer), ...(data?.items ?? []).map(functionOffer), ...words];
    return () => all;
  }, [columns, data]);
}
