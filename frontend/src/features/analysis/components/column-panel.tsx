import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { SidePanel } from '@/components/side-panel';
import type { Schema } from '@/lib/api/client';
import { ColumnCharts } from './column-charts';
import { ColumnFigures } from './column-figures';
import { ColumnMeaning } from './column-meaning';
import { ColumnOddities } from './column-oddities';
import { ColumnQuality } from './column-quality';

interface Props {
  column: Schema<'AnalysedColumn'>;
  table: Schema<'AnalysedTableDetail'>;
  onClose: () => void;
}

/** All that is known of a column. */
export function ColumnPanel({ column: { masked, profile }, table, onClose }: Props) {
  const { t } = useTranslation('analysis');
  return (
    <SidePanel title={<code>{profile.name}</code>} lead={<bdi>{profile.comment || table.name}</bdi>} onClose={onClose}>
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {masked && <Note tone="info">{t('masked.column')}</Note>}
        <ColumnFigures profile={profile} />
        <ColumnCharts profile={profile} sample={table.sample} />
        <ColumnMeaning meaning={profile.semantic} />
        <ColumnQuality quality={profile.quality} />
        <ColumnOddities profile={profile} />
      </Box>
    </SidePanel>
  );
}
