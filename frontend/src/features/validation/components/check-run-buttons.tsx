import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { download } from '@/components/download';
import { ErrorNote } from '@/components/error-note';
import { $api, client, once, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { isOver } from '@/lib/realtime/use-job';

type Run = Schema<'CheckRunView'>;

async function save(run: Run, kind: 'page' | 'json') {
  const params = { path: { check_run_id: run.check_run_id } };
  const name = `checks-${run.check_run_id}`;
  if (kind === 'page') {
    const { data } = await client.GET('/api/v1/check-runs/{check_run_id}/report', { params, parseAs: 'text' });
    download(`${name}.html`, data ?? '', 'text/html');
    return;
  }
  const { data } = await client.GET('/api/v1/check-runs/{check_run_id}/results', { params });
  download(`${name}.json`, JSON.stringify(data?.result, null, 2), 'application/json');
}

function Cancel({ run }: { run: Run }) {
  const { t } = useTranslation('validation');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/check-runs/{check_run_id}/cancel', {
    onSettled: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/check-runs/{check_run_id}'] }),
  });
  return (
    <>
      <Button
        color="error"
        loading={isPending}
        onClick={() => {
          mutate({ params: { path: { check_run_id: run.check_run_id }, header: once() } });
        }}
      >
        {t('checkRun.cancel')}
      </Button>
      <ErrorNote error={error} />
    </>
  );
}

/** What can be done with a check run: ended while it is at work, kept when it is over. */
export function CheckRunButtons({ run }: { run: Run }) {
  const { t } = useTranslation('validation');
  const may = useMay();
  const { mutate, isPending, error } = useMutation({ mutationFn: (kind: 'page' | 'json') => save(run, kind) });
  if (!isOver(run.state)) return may('suites.run') && <Cancel run={run} />;
  if (run.state !== 'succeeded') return null;
  return (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        {(['page', 'json'] as const).map((kind) => (
          <Button
            key={kind}
            variant="outlined"
            disabled={isPending}
            onClick={() => {
              mutate(kind);
            }}
          >
            {t(`report.${kind}`)}
          </Button>
        ))}
      </Box>
      <ErrorNote error={error} />
    </Box>
  );
}
