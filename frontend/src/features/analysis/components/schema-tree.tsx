import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Filter, useFilters } from '@/components/filter';
import type { Assessment } from '../data/assessment';
import { rowsOf, treeOf, type Place, type TreeNode } from '../data/tree';
import { TreeLine } from './tree-line';
import { useTreeKeys } from './use-tree-keys';

const LINE = 32;

interface Props {
  assessment: Assessment;
  place: Place;
  onChoose: (place: Place) => void;
}

const same = (one: Place = {}, other: Place) =>
  one.table === other.table && one.column === other.column && one.object === other.object;

const idOf = ({ table, column }: Place) => {
  if (!table) return undefined;
  return column ? `column ${table} ${column}` : `table ${table}`;
};

/** What there is, searchable: tables with columns and keys, views and other objects. */
export function SchemaTree({ assessment, place, onChoose }: Props) {
  const { t } = useTranslation('analysis');
  const id = useId();
  const rightToLeft = useTheme().direction === 'rtl';
  const { values, set } = useFilters(['find']);
  const tree = useMemo(() => treeOf(assessment), [assessment]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(['group table', ...(place.column ? [`table ${place.table ?? ''}`] : [])]),
  );
  const rows = useMemo(() => rowsOf(tree, opened, values.find ?? ''), [tree, opened, values.find]);
  const open = ({ id: node }: TreeNode, wanted: boolean) => {
    setOpened((before) => {
      const after = new Set(before);
      if (wanted) after.add(node);
      else after.delete(node);
      return after;
    });
  };
  const choose = (node: TreeNode) => {
    if (node.place) onChoose(node.place);
    else open(node, !opened.has(node.id));
  };
  const { active, setActiveId, onKeyDown } = useTreeKeys(
    { rows, onOpen: open, onChoose: choose, first: idOf(place) },
    rightToLeft,
  );
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by a compiler
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    overscan: 8,
  });
  useEffect(() => {
    lines.scrollToIndex(active, { align: 'auto' });
  }, [lines, active]);
  const lineId = (at: number) => `${id}-${String(at)}`;
  return (
    <Box>
      <Filter
        search={{
          label: t('tree.search'),
          value: values.find,
          onChange: (find) => {
            set({ find });
          },
        }}
      />
      {rows.length === 0 && <Box sx={{ color: 'text.secondary', py: 4 }}>{t('tree.nothing')}</Box>}
      <Box
        ref={box}
        role="tree"
        aria-label={t('tree.label')}
        tabIndex={0}
        aria-activedescendant={rows.length > 0 ? lineId(active) : undefined}
        onKeyDown={onKeyDown}
        sx={{
          maxHeight: { xs: '50dvh', md: 'calc(100dvh - 200px)' },
          overflow: 'auto',
          '&:focus-visible': { outlineOffset: -2 },
        }}
      >
        <Box role="presentation" sx={{ position: 'relative' }} style={{ height: lines.getTotalSize() }}>
          {lines.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <TreeLine
                  key={row.node.id}
                  id={lineId(index)}
                  row={row}
                  top={start}
                  active={index === active}
                  chosen={same(row.node.place, place) && row.node.kind !== 'key' && row.node.kind !== 'index'}
                  onOpen={() => {
                    setActiveId(row.node.id);
                    open(row.node, !row.open);
                  }}
                  onChoose={() => {
                    setActiveId(row.node.id);
                    choose(row.node);
                  }}
                />
              )
            );
          })}
        </Box>
      </Box>
    </Box>
  );
}
