import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import type { Column } from '@/components/data-table';
import { useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor, itemsOf } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';
import { ModelDetail } from '../components/model-detail';
import { ModelDrift } from '../components/model-drift';
import { ModelState, useModelName } from '../components/model-name';
import { ModelsActions } from '../components/models-actions';
import { OperationsPage } from '../components/operations-page';
import { Training } from '../components/training';

type Model = Schema<'ModelView'>;

/** In the address; the shipped model has no id. */
const keyOf = ({ model_id }: Model) => model_id ?? 'shipped';

/** The models that match columns: the shipped one, and what was learned from decisions. */
export default function Models() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const nameOf = useModelName();
  const { values, set } = useFilters(['model', 'job']);
  const query = $api.useInfiniteQuery('get', '/api/v1/models', {}, byCursor);
  const models = itemsOf(query.data);
  const active = models.find(({ state }) => state === 'active');
  const chosen = models.find((model) => keyOf(model) === values.model);
  const columns: Column<Model>[] = [
    {
      id: 'name',
      header: t('models.model'),
      cell: (model) => (
        <Link to={`?model=${keyOf(model)}`} noWrap aria-current={model === chosen ? 'true' : undefined}>
          {nameOf(model)}
        </Link>
      ),
    },
    { id: 'state', header: t('models.state'), cell: ({ state }) => <ModelState state={state} /> },
    {
      id: 'decisions',
      header: t('models.decisions'),
      end: true,
      cell: ({ lineage, number }) => (number === 0 ? '–' : format.number(lineage.decisions)),
    },
    {
      id: 'error',
      header: t('models.calibration'),
      end: true,
      wide: true,
      cell: ({ metrics }) => (metrics ? format.percent(metrics.after.calibration_error, 1) : '–'),
    },
    {
      id: 'sure',
      header: t('models.sureShare'),
      end: true,
      wide: true,
      cell: ({ metrics }) => (metrics ? format.percent(metrics.after.sure_share) : '–'),
    },
    { id: 'at', header: t('models.made'), end: true, wide: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  ];
  return (
    <OperationsPage
      title={t('models.title')}
      actions={
        <ModelsActions
          active={active}
          models={models}
          onTraining={(job) => {
            set({ job });
          }}
        />
      }
      side={
        chosen && (
          <ModelDetail
            key={keyOf(chosen)}
            model={chosen}
            models={models}
            active={active}
            onClose={() => {
              set({ model: '' });
            }}
          />
        )
      }
    >
      {values.job && <Training key={values.job} jobId={values.job} />}
      <Panel flush>
        <PagedTable
          label={t('models.title')}
          columns={columns}
          query={query}
          rowKey={keyOf}
          empty={<Empty>{t('models.empty')}</Empty>}
        />
      </Panel>
      {query.data && <ModelDrift />}
    </OperationsPage>
  );
}
