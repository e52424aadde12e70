import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Figures } from '@/components/figures';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { goodShare } from '../data/good-share';

type Table = Schema<'AnalysedTableDetail'>;

/** Which rows the figures are from, and by how much a share may be off. */
function Basis({ table: { sample } }: { table: Table }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  if (sample.basis === 'all_rows') return <>{t('sample.all')}</>;
  return <>{t('sample.some', { rows: format.number(sample.rows), error: format.percent(sample.error, 2) })}</>;
}

/** A table in figures. */
export function TableHead({ table, quality }: { table: Table; quality: number | undefined }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const { duplicate_rows: twice } = table;
  return (
    <Panel title={table.name}>
      {table.comment && (
        <Box dir="auto" sx={{ color: 'text.secondary', mb: 3 }}>
          {table.comment}
        </Box>
      )}
      <Figures
        items={[
          { label: t('figure.rows'), value: format.number(table.rows) },
          { label: t('figure.size'), value: table.bytes < 0 ? t('unknown') : format.bytes(table.bytes) },
          { label: t('figure.columns'), value: format.number(table.columns) },
          ...(quality === undefined ? [] : [{ label: t('figure.quality'), value: goodShare(format, quality) }]),
          {
            label: t('figure.twice'),
            value: twice ? format.number(twice.surplus) : t('notLooked'),
            hint:
              twice && twice.groups > 0 ? t('table.twiceGroups', { groups: format.number(twice.groups) }) : undefined,
          },
          { label: t('figure.seconds'), value: format.duration(table.seconds) },
        ]}
      />
      <Box sx={{ color: 'text.secondary', mt: 4 }}>
        <Basis table={table} />
      </Box>
    </Panel>
  );
}
