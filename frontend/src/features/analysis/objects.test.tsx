import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answers, ASSESSED, ASSESSMENT, at, COLUMNS, MAY, TABLE } from '@/testing/analysis-answers';
import { list, make } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import { rowsOf, treeOf } from './data/tree';

const INDEX = { name: 'u_mail', columns: ['lower(email)'], unique: true, method: 'btree', include: [], where: '' };
const VIEW = {
  kind: 'view',
  name: 'regulars',
  source: 'CREATE VIEW regulars AS SELECT * FROM customer',
  uses: [{ kind: 'table', name: 'customer' }],
};
const assessment = {
  ...ASSESSMENT,
  conversions: [],
  objects: [...ASSESSMENT.objects, VIEW],
  complexity: {
    ...ASSESSMENT.complexity,
    objects: [
      ...ASSESSMENT.complexity.objects,
      { kind: 'view', name: 'regulars', points: 1.1, level: 'simple', parts: [] },
    ],
  },
  tables: ASSESSMENT.tables.map((each) => (each.name === 'customer' ? { ...each, index_list: [INDEX] } : each)),
};
const found = {
  ...answers,
  [ASSESSED]: () => assessment,
  [TABLE]: () => make('AnalysedTableDetail', { number: 1, name: 'customer', indexes: [INDEX] }),
  [COLUMNS]: () => list(),
};
const open = (page: string) => renderApp(at(page), { permissions: MAY, answers: found });

describe('what stands beside the tables', () => {
  it('is told with its text and what it uses, also without a target', async () => {
    const { user } = await open('tables?object=view+regulars');
    expect(await screen.findByText(VIEW.source)).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'customer' }));
    expect(where()).toContain('table=customer');
    expect(await screen.findByRole('link', { name: 'regulars' })).toBeVisible();
  });
  it('are the indexes of a table, with their columns', async () => {
    await open('tables?table=customer');
    const table = await screen.findByRole('table', { name: 'Indexes' });
    expect(within(table).getByText('u_mail')).toBeVisible();
    expect(within(table).getByText('lower(email)')).toBeVisible();
    expect(within(table).getByText('Yes')).toBeVisible();
  });
  it('stands in the tree, and is found there', () => {
    const rows = rowsOf(treeOf(assessment), new Set(), 'u_mail');
    expect(rows.map(({ node }) => node.id)).toEqual([
      'group table',
      'table customer',
      'indexes customer',
      'index customer u_mail 0',
    ]);
  });
  it('is nothing in an analysis that an earlier version stored', () => {
    const { objects, tables, ...rest } = assessment;
    expect(objects).not.toHaveLength(0);
    const before = { ...rest, tables: tables.map(({ index_list, ...each }) => (index_list.length >= 0 ? each : each)) };
    expect(treeOf(before as unknown as typeof assessment).length).toBeGreaterThan(0);
  });
});
