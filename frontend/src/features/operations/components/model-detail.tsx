import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Facts } from '@/components/facts';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { SidePanel } from '@/components/side-panel';
import { $api, once, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useFormat } from '@/lib/format/use-format';
import { ModelMetrics } from './model-metrics';
import { ModelState, useModelName } from './model-name';

type Model = Schema<'ModelView'>;

interface Props {
  model: Model;
  models: readonly Model[];
  active: Model | undefined;
  onClose: () => void;
}

function Promote({ model, active }: Pick<Props, 'model' | 'active'>) {
  const { t } = useTranslation('operations');
  const nameOf = useModelName();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/models/{model_id}/promote', {
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/models'] });
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/models/drift'] });
    },
  });
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('models.promote')}
      </Button>
      {open && (
        <ConfirmDialog
          title={t('models.promoteTitle', { name: nameOf(model) })}
          action={t('models.promote')}
          busy={isPending}
          error={error}
          onConfirm={() => {
            mutate({ params: { path: { model_id: model.model_id ?? '' }, header: once() } });
          }}
          onClose={() => {
            setOpen(false);
          }}
        >
          {t('models.promoteText', { name: nameOf(model), now: nameOf(active) })}
        </ConfirmDialog>
      )}
    </>
  );
}

/** Where a model comes from, and how well it fits decisions that it had not seen. */
export function ModelDetail({ model, models, active, onClose }: Props) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const nameOf = useModelName();
  const may = useMay();
  const { lineage, number } = model;
  const replaced = models.find(({ model_id }) => model_id !== undefined && model_id === lineage.replaces);
  const facts: [string, React.ReactNode][] = [
    [t('models.state'), <ModelState key="state" state={model.state} />],
    [t('models.trainedOn'), <bdi key="shipped">{lineage.shipped}</bdi>],
    ...(number > 0
      ? ([
          [t('models.decisions'), format.number(lineage.decisions)],
          [t('models.replaces'), nameOf(replaced)],
          [t('models.made'), <Moment key="made" at={model.created_at} />],
          [t('models.promoted'), <Moment key="promoted" at={model.promoted_at} />],
          [t('models.by'), <bdi key="by">{model.created_by_name ?? '–'}</bdi>],
        ] as [string, React.ReactNode][])
      : []),
    ...(lineage.job_id
      ? ([
          [
            t('models.job'),
            <Link key="job" to={`/runs/${lineage.job_id}/log`}>
              {t('models.log')}
            </Link>,
          ],
        ] as [string, React.ReactNode][])
      : []),
  ];
  const promotable = may('models.write') && number > 0 && model.state === 'retired';
  return (
    <SidePanel
      title={nameOf(model)}
      onClose={onClose}
      actions={promotable && <Promote model={model} active={active} />}
    >
      <Facts items={facts} />
      {model.metrics && <ModelMetrics metrics={model.metrics} />}
    </SidePanel>
  );
}
