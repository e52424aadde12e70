import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import PlayIcon from 'lucide-react/icons/play';
import { ButtonLink } from '@/components/button-link';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ErrorNote } from '@/components/error-note';
import { $api, ifMatch, once, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { checkRunPath, stepPath } from '../live/paths';

type Suite = Schema<'SuiteTextView'>;

function RemoveSuite({ suite, onClose }: { suite: Suite; onClose: () => void }) {
  const { t } = useTranslation('validation');
  const { projectId } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/suites/{suite_id}', {
    onSuccess: async () => {
      await navigate(stepPath(projectId));
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/suites'] });
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('remove.title', { name: suite.name })}
      action={t('remove.action')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { suite_id: suite.suite_id }, header: ifMatch(suite.version) } });
      }}
      onClose={onClose}
    >
      {t('remove.text')}
    </ConfirmDialog>
  );
}

/** Carry it out now, on a schedule, or remove it. */
export function SuiteButtons({ suite }: { suite: Suite }) {
  const { t } = useTranslation('validation');
  const { projectId } = useParams();
  const may = useMay();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/suites/{suite_id}/check-runs', {
    onSuccess: ({ check_run_id }) => navigate(checkRunPath(projectId, check_run_id)),
  });
  return (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        {may('suites.write') && (
          <Button
            color="error"
            onClick={() => {
              setRemoving(true);
            }}
          >
            {t('remove.action')}
          </Button>
        )}
        {may('suites.run') && may('schedules.write') && (
          <ButtonLink variant="outlined" to={`/schedules/new?suite=${suite.suite_id}`}>
            {t('schedule')}
          </ButtonLink>
        )}
        {may('suites.run') && (
          <Button
            variant="contained"
            startIcon={<PlayIcon size={15} />}
            loading={isPending}
            disabled={suite.checks === 0}
            onClick={() => {
              mutate({ params: { path: { suite_id: suite.suite_id }, header: once() }, body: {} });
            }}
          >
            {t('run')}
          </Button>
        )}
      </Box>
      <ErrorNote error={error} />
      {removing && (
        <RemoveSuite
          suite={suite}
          onClose={() => {
            setRemoving(false);
          }}
        />
      )}
    </Box>
  );
}
