import Box from '@mui/material/Box';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../data-table';
import type { GraphEdge, GraphNode } from './model';

interface Line {
  key: string;
  from: string;
  to: string;
  how: string;
}

/** The graph in words: a line an edge, and one for each node that has none. */
function linesOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Line[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const name = (id: string, row: string | undefined) => {
    const node = byId.get(id);
    const label = node?.rows?.find((each) => each.id === row)?.label ?? row;
    return label === undefined ? (node?.label ?? id) : `${node?.label ?? id}.${label}`;
  };
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return [
    ...edges.map(({ from, fromRow, to, toRow, label = '' }, at) => ({
      key: `edge ${String(at)}`,
      from: name(from, fromRow),
      to: name(to, toRow),
      how: label,
    })),
    ...nodes.filter(({ id }) => !linked.has(id)).map(({ id, label }) => ({ key: id, from: label, to: '–', how: '' })),
  ];
}

interface Props {
  label: string;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}

/** What the drawing shows, for who reads rather than looks. */
export function EdgeTable({ label, nodes, edges }: Props) {
  const { t } = useTranslation('common');
  const [open, setOpen] = useState(false);
  const name = (text: string) => <bdi className="code">{text}</bdi>;
  const columns: Column<Line>[] = [
    { id: 'from', header: t('graph.from'), cell: ({ from }) => name(from) },
    { id: 'to', header: t('graph.to'), cell: ({ to }) => name(to) },
    ...(edges.some((edge) => edge.label)
      ? [{ id: 'how', header: t('graph.how'), cell: ({ how }: Line) => <bdi>{how}</bdi> }]
      : []),
  ];
  return (
    <Box
      component="details"
      onToggle={({ currentTarget }: React.ToggleEvent<HTMLDetailsElement>) => {
        setOpen(currentTarget.open);
      }}
      sx={{ borderBlockStart: 1, borderColor: 'divider' }}
    >
      <Box component="summary" sx={{ px: 4, py: 2, cursor: 'pointer', color: 'text.secondary' }}>
        {t('graph.asTable')}
      </Box>
      {open && <DataTable label={label} columns={columns} rows={linesOf(nodes, edges)} rowKey={({ key }) => key} />}
    </Box>
  );
}
