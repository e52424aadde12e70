import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, type Schema } from '@/lib/api/client';

/** A matching goes with all that was decided in it; one at work is stopped. */
export function RemoveMatching({ matching }: { matching: Schema<'MatchingView'> }) {
  const { t } = useTranslation('mapping');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/matchings/{matching_id}', {
    onSuccess: async () => {
      setAsked(false);
      await navigate(`/projects/${matching.project_id}/mapping`);
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}/matchings'] });
    },
  });
  return (
    <>
      <Button
        color="error"
        onClick={() => {
          setAsked(true);
        }}
      >
        {t('remove.button')}
      </Button>
      {asked && (
        <ConfirmDialog
          title={t('remove.title', { name: matching.name })}
          action={t('remove.button')}
          dangerous
          busy={isPending}
          error={error}
          onClose={() => {
            setAsked(false);
          }}
          onConfirm={() => {
            mutate({ params: { path: { matching_id: matching.matching_id } } });
          }}
        >
          {t('remove.text')}
        </ConfirmDialog>
      )}
    </>
  );
}
