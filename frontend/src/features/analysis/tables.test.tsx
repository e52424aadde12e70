import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import { rowsOf, treeOf } from './data/tree';
import { answers, ASSESSMENT, at, COLUMNS, MAY, TABLE } from '@/testing/analysis-answers';

const table = (members: Record<string, unknown> = {}) =>
  make('AnalysedTableDetail', { number: 1, name: 'customer', rows: 60_000, ...members });
const fact = { good: 0, of: 0, about: '' };
const quality = {
  completeness: { good: 59_000, of: 60_000, about: 'values' },
  uniqueness: fact,
  validity: fact,
  consistency: fact,
  timeliness: fact,
  integrity: fact,
  newest: '',
};
const column = (masked: boolean, profile: Record<string, unknown> = {}) => ({
  position: 1,
  masked,
  profile: make('ColumnProfile', {
    name: 'city',
    declared_type: 'varchar(80)',
    count: 60_000,
    nulls: 1000,
    distinct: { value: 20_000, method: 'hyperloglog', error: 0.008 },
    top_values: [{ value: 'Berlin', count: 300, share: 0.6 }],
    semantic: {
      kind: 'city',
      group: 'location',
      confidence: 0.97,
      evidence: ['values look so'],
      is_pii: true,
      sensitivity: 'personal',
      mask: 'address',
      candidates: [],
    },
    quality,
    ...profile,
  }),
});
const found = {
  ...answers,
  [TABLE]: () => table({ sample: { rows: 50_000, basis: 'sample', method: 'reservoir', error: 0.0044 } }),
  [COLUMNS]: () => list(column(false)),
};
const open = (page: string, more = {}) => renderApp(at(page), { permissions: MAY, answers: { ...found, ...more } });

itHasFourFaces({ path: at('tables'), operation: TABLE, answers: found });

describe('the tree', () => {
  it('is walked, opened and chosen from by keyboard', async () => {
    const { user } = await open('tables');
    const tree = await screen.findByRole('tree', { name: 'Tables and other objects' });
    tree.focus();
    await user.keyboard('{ArrowRight}{ArrowDown}');
    expect(within(tree).getByRole('treeitem', { name: /customer_no/ })).toHaveAttribute('data-active', 'true');
    expect(within(tree).getByRole('treeitem', { name: /city/ })).toHaveAttribute('aria-level', '3');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(where()).toBe('/projects/p1/analysis/tables?table=customer&column=city');
    expect(await screen.findByRole('heading', { name: 'city' })).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(where()).toBe('/projects/p1/analysis/tables?table=customer');
    expect(tree).toHaveFocus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(within(tree).queryByRole('treeitem', { name: /city/ })).toBeNull();
    await user.keyboard('p');
    expect(within(tree).getByRole('treeitem', { name: /purchase/ })).toHaveAttribute('data-active', 'true');
  });
  it('is searched by the names of columns', async () => {
    const { user } = await open('tables');
    await user.type(await screen.findByRole('searchbox', { name: 'Search tables and columns' }), 'city');
    expect(await screen.findByRole('treeitem', { name: /city/ })).toBeVisible();
    expect(screen.queryByRole('treeitem', { name: /purchase/ })).toBeNull();
  });
  it('shows what is no table with its text', async () => {
    await open('tables?object=trigger%20stock');
    expect(await screen.findByText(/CREATE TRIGGER stock/)).toBeVisible();
  });
  it('holds keys, declared and found', () => {
    const [tables] = treeOf(ASSESSMENT);
    const purchase = tables?.children.find(({ name }) => name === 'purchase');
    const keys = purchase?.children.find(({ kind }) => kind === 'keys');
    expect(keys?.children.map(({ name }) => name)).toEqual(['purchase_no', 'customer_no → customer']);
  });
  it('knows of each row how deep it is and which of how many', () => {
    const rows = rowsOf(treeOf(ASSESSMENT), new Set(['group table']), '');
    expect(rows.map(({ node, level, position, siblings }) => [node.id, level, position, siblings])).toEqual([
      ['group table', 1, 1, 2],
      ['table customer', 2, 1, 2],
      ['table purchase', 2, 2, 2],
      ['group trigger', 1, 2, 2],
    ]);
  });
});

describe('a table', () => {
  it('says which rows its figures are from, and how sure estimates are', async () => {
    const { user } = await open('tables?table=customer');
    expect(await screen.findByText(/random sample of 50,000 rows: shares may be off by 0.44%/)).toBeVisible();
    const columns = await screen.findByRole('table', { name: 'Columns of customer' });
    expect(within(columns).getByText('≈ 20,000')).toBeVisible();
    await user.click(within(columns).getByRole('link', { name: 'city' }));
    const panel = await screen.findByRole('complementary', { name: 'city' });
    expect(within(panel).getByText('about 20,000 (estimated, standard error 0.8%)')).toBeVisible();
    expect(within(panel).getByText('Berlin')).toBeVisible();
    expect(within(panel).getByText('values look so')).toBeVisible();
    expect(within(panel).getByText('98.3%')).toBeVisible();
  });
  it('says when values are masked, and shows what the server answers', async () => {
    const top_values = [{ value: 'Xxxxxx', count: 300, share: 0.6 }];
    await open('tables?table=customer&column=city', {
      [TABLE]: () => table({ masked: true }),
      [COLUMNS]: () => list(column(true, { top_values })),
    });
    const panel = await screen.findByRole('complementary', { name: 'city' });
    expect(within(panel).getByText(/shown by their shape only/)).toBeVisible();
    expect(within(panel).getByText('Xxxxxx')).toBeVisible();
  });
  it('shows keys, references without parents, what follows from what, and rows that stand twice', async () => {
    const { user } = await open('tables?table=customer', {
      [TABLE]: () =>
        table({
          duplicate_rows: { basis: 'all_rows', checked: 60_000, surplus: 12, groups: 4 },
          candidate_keys: [
            make('CandidateKey', { columns: ['email'], declared: true, rows: 100, distinct: 98, basis: 'all_rows' }),
          ],
          inclusion_dependencies: [
            make('InclusionDependency', {
              columns: ['country'],
              parent: 'country',
              parent_columns: ['code'],
              declared: false,
              confidence: 0.9,
              rows: 100,
              orphans: 3,
              examples: ['XX'],
            }),
          ],
          functional_dependencies: [
            make('FunctionalDependency', { determinant: ['zip'], dependent: 'city', rows: 100, violations: 1 }),
          ],
        }),
    });
    expect(await screen.findByText('2 of 100 rows are not told apart')).toBeVisible();
    expect(screen.getByText('3 of 100 rows without a parent')).toBeVisible();
    expect(screen.getByText('found, 90% sure')).toBeVisible();
    expect(screen.getByText('1 of 100')).toBeVisible();
    expect(screen.getByText('4 different ones')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'country.code' }));
    expect(await screen.findByText('This analysis knows no table country.')).toBeVisible();
  });
});
