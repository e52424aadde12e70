import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, once, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useModelName } from './model-name';

type Model = Schema<'ModelView'>;

function Train({ onClose, onTraining }: { onClose: () => void; onTraining: (jobId: string) => void }) {
  const { t } = useTranslation('operations');
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/models/train', {
    onSuccess: ({ job_id }) => {
      onClose();
      onTraining(job_id);
    },
  });
  return (
    <ConfirmDialog
      title={t('models.train')}
      action={t('models.train')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { header: once() } });
      }}
      onClose={onClose}
    >
      {t('models.trainText')}
    </ConfirmDialog>
  );
}

function RollBack({ active, before, onClose }: { active: Model; before: Model | undefined; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const nameOf = useModelName();
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/models/roll-back', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/models'] });
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/models/drift'] });
    },
  });
  return (
    <ConfirmDialog
      title={t('models.rollBack')}
      action={t('models.rollBack')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { header: once() } });
      }}
      onClose={onClose}
    >
      {t('models.rollBackText', { now: nameOf(active), before: nameOf(before) })}
    </ConfirmDialog>
  );
}

interface Props {
  active: Model | undefined;
  models: readonly Model[];
  onTraining: (jobId: string) => void;
}

/** Learn anew, or back to the model before; each says first what it will do. */
export function ModelsActions({ active, models, onTraining }: Props) {
  const { t } = useTranslation('operations');
  const may = useMay();
  const [open, setOpen] = useState<'train' | 'rollBack'>();
  const close = () => {
    setOpen(undefined);
  };
  if (!may('models.write')) return null;
  const before = models.find(({ model_id }) => model_id && model_id === active?.lineage.replaces);
  return (
    <>
      {active && active.number > 0 && (
        <Button
          variant="outlined"
          onClick={() => {
            setOpen('rollBack');
          }}
        >
          {t('models.rollBack')}
        </Button>
      )}
      <Button
        variant="contained"
        onClick={() => {
          setOpen('train');
        }}
      >
        {t('models.train')}
      </Button>
      {open === 'train' && <Train onClose={close} onTraining={onTraining} />}
      {open === 'rollBack' && active && <RollBack active={active} before={before} onClose={close} />}
    </>
  );
}
