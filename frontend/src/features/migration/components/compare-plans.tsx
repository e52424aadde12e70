import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';

type Difference = Schema<'PlanDifferenceView'>;
const textOf = (value: unknown) => (value === undefined || value === null ? '–' : JSON.stringify(value));

/** What was changed in the plan between the two runs. */
export function ComparePlans({ a, b }: { a: Schema<'RunView'>; b: Schema<'RunView'> }) {
  const { t } = useTranslation('migration');
  const [from, to] = [a.plan_version, b.plan_version].sort((one, two) => one - two) as [number, number];
  const differs = a.plan_id === b.plan_id && from !== to;
  const query = $api.useQuery(
    'get',
    '/api/v1/plans/{plan_id}/diff',
    { params: { path: { plan_id: a.plan_id }, query: { from, to } } },
    { enabled: differs },
  );
  const columns: Column<Difference>[] = [
    { id: 'where', header: t('compare.where'), cell: ({ pointer }) => <code dir="ltr">{pointer || '/'}</code> },
    { id: 'from', header: t('compare.before'), cell: (row) => <code dir="auto">{textOf(row.from)}</code> },
    { id: 'to', header: t('compare.after'), cell: (row) => <code dir="auto">{textOf(row.to)}</code> },
  ];
  if (!differs) {
    return (
      <Panel title={t('compare.plan')}>
        <p>{a.plan_id === b.plan_id ? t('compare.planSame', { version: from }) : t('compare.planOther')}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('compare.planOf', { from, to })}
      flush
      actions={
        <Link
          to={`/projects/${a.project_id}/transformation/versions?plan=${a.plan_id}&from=${String(from)}&to=${String(to)}`}
        >
          {t('compare.planDiff')}
        </Link>
      }
    >
      <Loaded query={query}>
        {({ changes }) =>
          changes.length === 0 ? (
            <Empty>{t('compare.planWords')}</Empty>
          ) : (
            <DataTable
              label={t('compare.plan')}
              columns={columns}
              rows={changes}
              rowKey={({ pointer, kind }) => `${kind} ${pointer}`}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
