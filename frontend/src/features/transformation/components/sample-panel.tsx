import Box from '@mui/material/Box';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { ErrorPanel } from '@/components/error-panel';
import { Lines } from '@/components/loaded';
import { SelectField } from '@/components/select-field';
import { usePlanEditor } from '../plan/editor-context';
import { SampleCounts } from './sample-counts';
import { SampleTable } from './sample-table';
import { useAddress } from './use-address';
import { ROWS, useTableSample } from './use-table-sample';

/** What the plan makes of real rows of the chosen table, before anything is written. */
export function SamplePanel() {
  const { t } = useTranslation('transformation');
  const { reading } = usePlanEditor();
  const { table: id } = useAddress();
  const [rows, setRows] = useState<number>(ROWS[0]);
  const { tables } = reading.model;
  const table = tables.find((each) => each.id === id) ?? tables[0];
  const { data, error, waiting, refetch } = useTableSample(table, rows);
  if (!table) return <Empty>{t('tables.empty')}</Empty>;
  if (error) return <ErrorPanel error={error} retry={refetch} />;
  if (!data) return <Lines />;
  return (
    <>
      <Box sx={{ display: 'flex', gap: 4, rowGap: 1, flexWrap: 'wrap', alignItems: 'center', mb: 2 }}>
        <SampleCounts sample={data} waiting={waiting} />
        <Box sx={{ flex: 1 }} />
        <SelectField
          inline
          label={t('sample.rows')}
          value={String(rows)}
          options={ROWS.map((number) => ({ value: String(number), label: String(number) }))}
          onChange={(number) => {
            setRows(Number(number));
          }}
        />
      </Box>
      {data.rows.length === 0 ? (
        <Empty>{t('sample.empty')}</Empty>
      ) : (
        <SampleTable sample={data} table={table} waiting={waiting} />
      )}
      <Box sx={{ color: 'text.secondary', mt: 1, fontSize: '0.8571rem' }}>
        {data.values_hidden ? t('sample.hidden') : t('sample.note')}
        {data.notes.map((note) => (
          <Box key={note} dir="auto">
            {note}
          </Box>
        ))}
      </Box>
    </>
  );
}
