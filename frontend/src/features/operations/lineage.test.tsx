import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import { lineageGraph, tablesOf } from './components/lineage-graph';
// Loaded before the first test, whose time it would take else.
import './routes/lineage';

const LINEAGE = 'GET /api/v1/plans/{plan_id}/lineage';
const items = [
  { source_table: 'CUST', source_column: 'NM', target_table: 'customer', target_column: 'name', kind: 'renamed' },
  { source_table: 'CUST', target_table: 'customer', target_column: 'origin', kind: 'constant', expression: "'shop'" },
  { source_table: 'ORD', source_column: 'ID', target_table: 'orders', target_column: 'id', kind: 'copied' },
];
const answers = {
  'GET /api/v1/projects': () => list(make('ProjectView', { project_id: 'p1', name: 'Shop' })),
  'GET /api/v1/projects/{project_id}/plans': () => list(make('PlanView', { plan_id: 'l1', name: 'shop' })),
  [LINEAGE]: () => ({ items }),
};

itHasFourFaces({
  path: '/operations/lineage',
  operation: LINEAGE,
  empty: { answer: { items: [] }, text: 'The plan moves no columns.' },
  answers,
});
itHasFourFaces({
  path: '/operations/lineage?project=p1',
  operation: 'GET /api/v1/projects/{project_id}/plans',
  empty: { answer: list(), text: 'This project has no plan yet.' },
  answers,
});

describe('lineage', () => {
  it('leads from source columns to target columns, with what happens on the way', () => {
    const { nodes, edges } = lineageGraph(items, { source: 'Source', target: 'Target', kindOf: ({ kind }) => kind });
    expect(nodes.map(({ label, hint, rows }) => [label, hint, rows?.map(({ id }) => id)])).toEqual([
      ['CUST', 'Source', ['NM']],
      ['ORD', 'Source', ['ID']],
      ['customer', 'Target', ['name', 'origin']],
      ['orders', 'Target', ['id']],
    ]);
    expect(edges[1]).toEqual({
      from: 'source CUST',
      to: 'target customer',
      toRow: 'origin',
      label: "constant: 'shop'",
      loose: true,
    });
    expect(tablesOf(items)).toEqual(['customer', 'orders']);
  });
  it('is drawn, chosen in the address, and narrowed to a table', async () => {
    const { user } = await renderApp('/operations/lineage', { answers });
    await user.click(await screen.findByRole('button', { name: 'customer name' }));
    expect(new URLSearchParams(where()?.split('?')[1]).get('column')).toBe('name');
    expect(screen.getByRole('button', { name: 'CUST NM' })).toHaveClass('near');
    await user.click(screen.getByText('As a table'));
    const table = await screen.findByRole('table', { name: 'Lineage' });
    expect(within(table).getByRole('row', { name: 'CUST.NM customer.name Renamed' })).toBeVisible();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Target table' }), 'orders');
    expect(screen.queryByRole('button', { name: 'customer name' })).toBeNull();
    expect(screen.getByRole('button', { name: 'orders id' })).toBeInTheDocument();
  });
});
