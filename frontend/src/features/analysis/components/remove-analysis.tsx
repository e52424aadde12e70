import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import TrashIcon from 'lucide-react/icons/trash-2';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { isOver, useRefreshAnalyses, type Analysis } from '../data/analyses';

/** Removes an analysis that is over, after asking. */
export function RemoveAnalysis({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation('analysis');
  const may = useMay();
  const refresh = useRefreshAnalyses();
  const [asking, setAsking] = useState(false);
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/analyses/{analysis_id}', {
    onSuccess: async () => {
      setAsking(false);
      await refresh();
    },
  });
  if (!may('analyses.write') || !isOver(analysis)) return null;
  const { analysis_id, name } = analysis;
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('remove.one', { name })}
        onClick={() => {
          setAsking(true);
        }}
      >
        <TrashIcon size={15} aria-hidden />
      </IconButton>
      {asking && (
        <ConfirmDialog
          title={t('remove.one', { name })}
          action={t('remove.action')}
          dangerous
          busy={isPending}
          error={error}
          onClose={() => {
            setAsking(false);
          }}
          onConfirm={() => {
            mutate({ params: { path: { analysis_id } } });
          }}
        >
          {t('remove.text')}
        </ConfirmDialog>
      )}
    </>
  );
}
