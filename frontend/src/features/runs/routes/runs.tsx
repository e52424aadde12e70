import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Filter, useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import { RunStateLabel } from '@/components/run-state';
import { ShareDone } from '@/components/share-done';
import { $api, type Schema } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { useTopic } from '@/lib/realtime/use-topic';
import { useRefreshRuns } from '../live/use-live-run';

type Run = Schema<'RunView'>;
const STATES: Schema<'RunState'>[] = ['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled', 'undone'];
const KINDS = ['run', 'rehearse', 'verify', 'local'];

function useColumns(): Column<Run>[] {
  const { t } = useTranslation('runs');
  return [
    {
      id: 'name',
      header: t('name'),
      cell: ({ name, run_id }) => (
        <Link to={`/runs/${run_id}`} sx={{ fontWeight: 550 }}>
          {name || run_id}
        </Link>
      ),
    },
    { id: 'kind', header: t('kind'), wide: true, cell: ({ kind }) => t(`kinds.${kind}`, { defaultValue: kind }) },
    { id: 'state', header: t('state'), cell: (run) => <RunStateLabel run={run} /> },
    { id: 'done', header: t('done'), wide: true, end: true, cell: (run) => <ShareDone run={run} /> },
    { id: 'by', header: t('by'), wide: true, cell: ({ requested_by_name }) => <Person name={requested_by_name} /> },
    { id: 'at', header: t('at'), end: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  ];
}

function useRuns(values: { state?: string; kind?: string; project?: string; waiting?: string }) {
  const query = {
    ...(values.state && { state: values.state as Run['state'] }),
    ...(values.kind && { kind: values.kind }),
    ...(values.project && { project_id: values.project }),
  };
  const waiting = values.waiting === 'approval';
  const all = $api.useInfiniteQuery('get', '/api/v1/runs', { params: { query } }, { ...byCursor, enabled: !waiting });
  const approvals = $api.useInfiniteQuery(
    'get',
    '/api/v1/approvals',
    { params: { query } },
    { ...byCursor, enabled: waiting },
  );
  return waiting ? approvals : all;
}

export default function Runs() {
  const { t } = useTranslation(['runs', 'common']);
  const { values, set } = useFilters(['state', 'kind', 'project', 'waiting']);
  const refresh = useRefreshRuns();
  const { data: me } = useMe();
  useTopic(me && `tenant:${me.tenant_id}`, ({ type }) => {
    if (type === 'run.state' || type === 'resync') void refresh();
  });
  const query = useRuns(values);
  const columns = useColumns();
  const filtered = Object.values(values).some(Boolean);
  const any = { value: '', label: t('any') };
  return (
    <Page
      title={values.waiting ? t('approvals') : t('nav')}
      crumbs={values.waiting ? [{ label: t('nav'), to: '/runs' }] : []}
    >
      <Filter
        choices={[
          {
            name: 'state',
            label: t('state'),
            value: values.state,
            onChange: (state) => {
              set({ state });
            },
            options: [any, ...STATES.map((value) => ({ value, label: t(`common:runState.${value}`) }))],
          },
          {
            name: 'kind',
            label: t('kind'),
            value: values.kind,
            onChange: (kind) => {
              set({ kind });
            },
            options: [any, ...KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))],
          },
        ]}
      />
      <Panel flush>
        <PagedTable
          label={t('nav')}
          columns={columns}
          query={query}
          rowKey={(row) => row.run_id}
          empty={<Empty>{filtered ? t('nothingFound') : t('empty')}</Empty>}
        />
      </Panel>
    </Page>
  );
}
