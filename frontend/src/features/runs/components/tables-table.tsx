import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { ProgressBar } from '@/components/progress-bar';
import { Status, type Look } from '@/components/status';
import { shareDone, type Progress, type TableProgress } from '@/lib/api/progress';
import { useFormat } from '@/lib/format/use-format';

const LOOKS: Record<string, Look> = {
  waiting: 'waiting',
  loading: 'busy',
  loaded: 'busy',
  verifying: 'busy',
  done: 'good',
};

/** One line a table: how far it is. */
export function TablesTable({ progress }: { progress: Progress }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const columns: Column<TableProgress>[] = [
    { id: 'table', header: t('table'), cell: ({ table }) => <code dir="ltr">{table}</code> },
    {
      id: 'bar',
      header: t('done'),
      wide: true,
      cell: (table) => (
        <Box sx={{ minWidth: 120 }}>
          <ProgressBar label={table.table} value={shareDone(table)} still={table.phase === 'done'} />
        </Box>
      ),
    },
    {
      id: 'rows',
      header: t('rows'),
      end: true,
      cell: ({ rows_done, rows_total }) =>
        rows_total < 0
          ? format.number(rows_done)
          : t('rowsOf', { done: format.number(rows_done), total: format.number(rows_total) }),
    },
    {
      id: 'chunks',
      header: t('chunks'),
      end: true,
      wide: true,
      cell: ({ chunks_done, chunks_total }) =>
        t('rowsOf', { done: format.number(chunks_done), total: format.number(chunks_total) }),
    },
    { id: 'bytes', header: t('volume'), end: true, wide: true, cell: ({ bytes_done }) => format.bytes(bytes_done) },
    {
      id: 'state',
      header: t('state'),
      cell: ({ phase }) => (
        <Status look={LOOKS[phase] ?? 'plain'}>{t(`tablePhases.${phase}`, { defaultValue: phase })}</Status>
      ),
    },
  ];
  return (
    <Panel title={t('tables')} flush>
      <DataTable label={t('tables')} columns={columns} rows={progress.tables} rowKey={(row) => row.table} />
    </Panel>
  );
}
