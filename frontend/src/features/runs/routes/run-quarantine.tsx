import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Filter, useFilters } from '@/components/filter';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { EditRow } from '../components/edit-row';
import { ReplayRows } from '../components/replay-rows';
import { useRun } from '../live/run-context';

type Row = Schema<'QuarantinedRowView'>;
const STATES = ['open', 'replayed'] as const;
const LOOKS: Record<string, Look> = { open: 'waiting', replayed: 'good' };

/** Rows that were refused: why, their values, and the way back into the target. */
export default function RunQuarantine() {
  const { t } = useTranslation('runs');
  const { run } = useRun();
  const mayWrite = useMay(run.project_id)('quarantine.write');
  const { values, set } = useFilters(['rows', 'table']);
  const [edited, setEdited] = useState<Row>();
  const [replaying, setReplaying] = useState(false);
  const filter = { ...(values.rows && { state: values.rows }), ...(values.table && { table: values.table }) };
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/runs/{run_id}/quarantine',
    { params: { path: { run_id: run.run_id }, query: filter } },
    byCursor,
  );
  const columns: Column<Row>[] = [
    {
      id: 'table',
      header: t('table'),
      cell: ({ table, column, reason }) => (
        <>
          <code dir="ltr">{column ? `${table}.${column}` : table}</code>
          <Box dir="auto" sx={{ display: { md: 'none' }, color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {reason}
          </Box>
        </>
      ),
    },
    {
      id: 'state',
      header: t('state'),
      cell: ({ state }) => (
        <Status look={LOOKS[state] ?? 'plain'}>{t(`quarantine.states.${state}`, { defaultValue: state })}</Status>
      ),
    },
    {
      id: 'reason',
      header: t('quarantine.reason'),
      wide: true,
      cell: ({ reason, code }) => (
        <span dir="auto">
          {reason} <code>{code}</code>
        </span>
      ),
    },
    {
      id: 'edit',
      header: '',
      end: true,
      cell: (row) => (
        <Button
          size="small"
          onClick={() => {
            setEdited(row);
          }}
        >
          {mayWrite ? t('quarantine.edit') : t('quarantine.show')}
        </Button>
      ),
    },
  ];
  const empty = values.rows || values.table ? t('nothingFound') : t('quarantine.empty');
  return (
    <>
      <Filter
        search={{
          label: t('quarantine.table'),
          value: values.table,
          onChange: (table) => {
            set({ table });
          },
        }}
        choices={[
          {
            name: 'rows',
            label: t('state'),
            value: values.rows,
            onChange: (rows) => {
              set({ rows });
            },
            options: [
              { value: '', label: t('any') },
              ...STATES.map((value) => ({ value, label: t(`quarantine.states.${value}`) })),
            ],
          },
        ]}
      />
      <Panel
        flush
        actions={
          mayWrite &&
          run.state === 'succeeded' && (
            <Button
              variant="outlined"
              onClick={() => {
                setReplaying(true);
              }}
            >
              {t('quarantine.replay')}
            </Button>
          )
        }
      >
        <PagedTable
          label={t('tab.quarantine')}
          columns={columns}
          query={query}
          rowKey={(row) => String(row.row_id)}
          empty={<Empty>{empty}</Empty>}
        />
      </Panel>
      {edited && (
        <EditRow
          key={edited.row_id}
          runId={run.run_id}
          row={edited}
          readOnly={!mayWrite}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
      {replaying && (
        <ReplayRows
          run={run}
          onClose={() => {
            setReplaying(false);
          }}
        />
      )}
    </>
  );
}
