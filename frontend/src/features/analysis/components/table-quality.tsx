import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { SidePanel } from '@/components/side-panel';
import type { ColumnCard, TableSummary } from '../data/assessment';
import { DIMENSIONS } from '../data/dimensions';
import { useTo } from '../data/use-to';
import { Part } from './part';
import { Score } from './score';

/** The lowest score of a column, and what it is the score of. */
function worstOf({ quality }: ColumnCard) {
  const scored = quality.filter(({ score }) => score !== undefined && score !== null);
  return scored.sort((a, b) => (a.score ?? 1) - (b.score ?? 1))[0];
}

/** A table's quality by dimension, and which of its columns are the worst. */
export function TableQuality({ table, onClose }: { table: TableSummary; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  const to = useTo();
  const scoreOf = (dimension: string) => table.scores.find((each) => each.dimension === dimension)?.score;
  const cards = table.cards
    .map((card) => ({ card, worst: worstOf(card) }))
    .sort((a, b) => (a.worst?.score ?? 2) - (b.worst?.score ?? 2));
  const columns: Column<(typeof cards)[number]>[] = [
    {
      id: 'column',
      header: t('column.name'),
      cell: ({ card }) => (
        <Link to={to('tables', { table: table.name, column: card.name })}>
          <code>{card.name}</code>
        </Link>
      ),
    },
    { id: 'of', header: t('quality.lowest'), cell: ({ worst }) => (worst ? t(`dimension.${worst.dimension}`) : '–') },
    { id: 'score', header: '', end: true, cell: ({ worst }) => <Score value={worst?.score} /> },
  ];
  return (
    <SidePanel title={<code>{table.name}</code>} lead={t('quality.title')} onClose={onClose}>
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: '1fr max-content', rowGap: 2 }}>
          {DIMENSIONS.map((dimension) => (
            <Box key={dimension} sx={{ display: 'contents' }}>
              <dt>{t(`dimension.${dimension}`)}</dt>
              <Box component="dd" sx={{ m: 0, textAlign: 'end' }}>
                <Score value={scoreOf(dimension)} />
              </Box>
            </Box>
          ))}
        </Box>
        <Part title={t('quality.byColumn')}>
          <Box sx={{ mx: -4 }}>
            <DataTable label={t('quality.byColumn')} columns={columns} rows={cards} rowKey={({ card }) => card.name} />
          </Box>
        </Part>
      </Box>
    </SidePanel>
  );
}
