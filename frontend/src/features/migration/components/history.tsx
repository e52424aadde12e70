import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Filter, useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import { RunStateLabel } from '@/components/run-state';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';

type Run = Schema<'RunView'>;
const STATES: Schema<'RunState'>[] = ['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled', 'undone'];
const KINDS = ['run', 'rehearse', 'verify'] as const;

/** Which two runs are to be compared: they stand in the address. */
function usePair() {
  const { values, set } = useFilters(['a', 'b']);
  const chosen = [values.a, values.b].filter((id) => id !== undefined);
  const toggle = (id: string) => {
    const [a, b] = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen.slice(-1), id];
    set({ a: a ?? '', b: b ?? '' });
  };
  return { chosen, toggle };
}

function useColumns(chosen: string[], toggle: (id: string) => void): Column<Run>[] {
  const { t } = useTranslation('migration');
  const format = useFormat();
  return [
    {
      id: 'choose',
      header: t('compare.column'),
      cell: ({ run_id, name, created_at }) => (
        <input
          type="checkbox"
          aria-label={t('compare.choose', { name: name || run_id, at: format.dateTime(created_at) })}
          checked={chosen.includes(run_id)}
          onChange={() => {
            toggle(run_id);
          }}
        />
      ),
    },
    {
      id: 'name',
      header: t('run'),
      cell: ({ name, run_id }) => <Link to={`/runs/${run_id}`}>{name || run_id}</Link>,
    },
    { id: 'kind', header: t('kind'), cell: ({ kind }) => t(`kinds.${kind}`, { defaultValue: kind }) },
    { id: 'state', header: t('state'), cell: (run) => <RunStateLabel run={run} /> },
    { id: 'version', header: t('version'), end: true, wide: true, cell: ({ plan_version }) => plan_version },
    {
      id: 'rows',
      header: t('rows'),
      end: true,
      wide: true,
      cell: ({ figures }) => (figures ? format.number(figures.rows) : '–'),
    },
    {
      id: 'rejected',
      header: t('rejected'),
      end: true,
      wide: true,
      cell: ({ figures }) => (figures ? format.number(figures.rejected) : '–'),
    },
    {
      id: 'seconds',
      header: t('time'),
      end: true,
      wide: true,
      cell: ({ figures }) => (figures ? format.duration(figures.seconds) : '–'),
    },
    { id: 'by', header: t('by'), wide: true, cell: ({ requested_by_name }) => <Person name={requested_by_name} /> },
    { id: 'at', header: t('at'), end: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  ];
}

/** All runs of the project; two of them can be compared. */
export function History({ projectId }: { projectId: string }) {
  const { t } = useTranslation(['migration', 'common']);
  const { values, set } = useFilters(['state', 'kind']);
  const { chosen, toggle } = usePair();
  const columns = useColumns(chosen, toggle);
  const filter = {
    project_id: projectId,
    ...(values.state && { state: values.state as Schema<'RunState'> }),
    ...(values.kind && { kind: values.kind }),
  };
  const query = $api.useInfiniteQuery('get', '/api/v1/runs', { params: { query: filter } }, byCursor);
  const [a = '', b = ''] = chosen;
  const any = { value: '', label: t('any') };
  return (
    <Panel
      title={t('history.title')}
      flush
      actions={
        <ButtonLink
          size="small"
          variant="outlined"
          disabled={chosen.length < 2}
          to={`/projects/${projectId}/migration/compare?a=${a}&b=${b}`}
        >
          {t('compare.action')}
        </ButtonLink>
      }
    >
      <Box sx={{ px: 4 }}>
        <Filter
          choices={[
            {
              name: 'kind',
              label: t('kind'),
              value: values.kind,
              onChange: (kind) => {
                set({ kind });
              },
              options: [any, ...KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))],
            },
            {
              name: 'state',
              label: t('state'),
              value: values.state,
              onChange: (state) => {
                set({ state });
              },
              options: [any, ...STATES.map((value) => ({ value, label: t(`common:runState.${value}`) }))],
            },
          ]}
        />
      </Box>
      <PagedTable
        label={t('history.title')}
        columns={columns}
        query={query}
        rowKey={(row) => row.run_id}
        empty={<Empty>{values.state || values.kind ? t('history.nothingFound') : t('history.empty')}</Empty>}
      />
    </Panel>
  );
}
