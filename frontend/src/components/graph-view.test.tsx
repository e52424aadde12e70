import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { GraphView, type GraphEdge, type GraphNode, type Spot } from './graph-view';
import { placeGraph, type Box } from './graph/layout';

const NODES: GraphNode[] = [
  { id: 'customer', label: 'customer', rows: [{ id: 'id', label: 'id', hint: 'integer', key: true }] },
  {
    id: 'orders',
    label: 'orders',
    rows: [
      { id: 'customer_id', label: 'customer_id' },
      { id: 'note', label: 'note' },
    ],
  },
  { id: 'log', label: 'log' },
];
const EDGES: GraphEdge[] = [
  { from: 'customer', fromRow: 'id', to: 'orders', toRow: 'customer_id', label: 'foreign key' },
];

function Drawn({ nodes = NODES, edges = EDGES }: { nodes?: GraphNode[]; edges?: GraphEdge[] }) {
  const [chosen, setChosen] = useState<Spot>();
  return (
    <>
      <GraphView label="Tables" nodes={nodes} edges={edges} chosen={chosen} onChoose={setChosen} />
      <output>{JSON.stringify(chosen ?? null)}</output>
    </>
  );
}

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

describe('the layout', () => {
  it('puts what is led to behind what leads to it, and nothing over anything', () => {
    const { boxes, width, height } = placeGraph(NODES, EDGES);
    const all = [...boxes.values()];
    expect(boxes.get('customer')?.x).toBeLessThan(boxes.get('orders')?.x ?? 0);
    for (const [at, box] of all.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of all.slice(at + 1)) expect(apart(box, other), `${box.node.id} ${other.node.id}`).toBe(true);
    }
  });
  it('of 300 tables with circles and lone ones keeps them apart, and is no endless column', () => {
    const nodes = Array.from({ length: 300 }, (_, at) => ({ id: `t${String(at)}`, label: `table_${String(at)}` }));
    const edges = nodes
      .slice(0, 200)
      .map(({ id }, at) => ({ from: id, to: `t${String((at * 7 + 3) % 200)}` }))
      .concat([{ from: 't5', to: 't5' }]);
    const { boxes, width, height } = placeGraph(nodes, edges);
    const all = [...boxes.values()];
    expect(all).toHaveLength(300);
    expect(all.every((box, at) => all.slice(at + 1).every((other) => apart(box, other)))).toBe(true);
    expect(height).toBeLessThan(width * 6);
  });
  it('of a table with many columns keeps those with edges', () => {
    const rows = Array.from({ length: 80 }, (_, at) => ({ id: `c${String(at)}`, label: `c${String(at)}` }));
    const { boxes } = placeGraph(
      [
        { id: 'a', label: 'a', rows },
        { id: 'b', label: 'b' },
      ],
      [{ from: 'a', fromRow: 'c77', to: 'b' }],
    );
    expect(boxes.get('a')?.rows.map(({ id }) => id)).toContain('c77');
    expect(boxes.get('a')).toMatchObject({ hidden: 66 });
  });
});

describe('a graph', () => {
  it('is walked and chosen by keyboard', async () => {
    const user = userEvent.setup({ delay: null });
    render(<Drawn />);
    await user.tab();
    await user.tab();
    await user.tab();
    await user.tab();
    const customer = screen.getByRole('button', { name: /^customer, links in: 0, links out: 1/ });
    expect(customer).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('button', { name: 'customer id integer' })).toHaveFocus();
    await user.keyboard('{ArrowRight}{Enter}');
    const row = screen.getByRole('button', { name: 'orders customer_id' });
    expect(row).toHaveFocus();
    expect(row).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByRole('status')).toHaveTextContent('{"node":"orders","row":"customer_id"}');
    expect(screen.getByRole('button', { name: 'customer id integer' })).toHaveClass('near');
    await user.keyboard('{Escape}');
    expect(screen.getByRole('status')).toHaveTextContent('null');
  });
  it('is chosen by the mouse, and let go by it', async () => {
    const user = userEvent.setup({ delay: null });
    render(<Drawn />);
    const log = screen.getByRole('button', { name: /^log/ });
    await user.click(log);
    expect(log).toHaveAttribute('aria-pressed', 'true');
    await user.click(log);
    expect(log).toHaveAttribute('aria-pressed', 'false');
  });
  it('says the same as a table', async () => {
    const user = userEvent.setup({ delay: null });
    render(<Drawn />);
    await user.click(screen.getByText('As a table'));
    const table = await screen.findByRole('table', { name: 'Tables' });
    expect(within(table).getByRole('row', { name: 'customer.id orders.customer_id foreign key' })).toBeVisible();
    expect(within(table).getByRole('row', { name: /^log –/ })).toBeVisible();
  });
});
