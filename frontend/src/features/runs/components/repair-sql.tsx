import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import { download } from '@/components/download';
import { ErrorNote } from '@/components/error-note';
import { Link } from '@/components/link';
import { Note } from '@/components/note';
import { Panel } from '@/components/panel';
import { client, type Schema } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';
import { useMay } from '@/lib/api/me';

function Statements({ runId, sql }: { runId: string; sql: string }) {
  const { t } = useTranslation('runs');
  return (
    <>
      <Box sx={{ display: 'flex', gap: 2, my: 3, flexWrap: 'wrap' }}>
        <Button
          variant="outlined"
          onClick={() => {
            download(`repair-${runId}.sql`, sql, 'application/sql');
          }}
        >
          {t('repair.download')}
        </Button>
        <CopyButton text={sql} label={t('repair.copy')} />
      </Box>
      <Box
        component="pre"
        dir="ltr"
        tabIndex={0}
        role="region"
        aria-label={t('repair.title')}
        sx={{ m: 0, p: 3, maxHeight: 420, overflow: 'auto', bgcolor: 'sunken', borderRadius: 1 }}
      >
        {sql}
      </Box>
    </>
  );
}

/** The statements that would make the target equal; shown when asked for, since they hold values. */
export function RepairSql({ run }: { run: Schema<'RunView'> }) {
  const { t } = useTranslation('runs');
  const may = useMay(run.project_id);
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: async () => {
      const answer = await client.GET('/api/v1/runs/{run_id}/repair-sql', {
        params: { path: { run_id: run.run_id } },
        parseAs: 'text',
      });
      return answer.data ?? '';
    },
  });
  const none = error !== null && asApiError(error).status === 409;
  return (
    <Panel title={t('repair.title')}>
      <Note tone="warning">{t('repair.warning')}</Note>
      {!may('quarantine.read') && <p>{t('repair.mayNot')}</p>}
      {none ? (
        <p>
          {t('repair.none')} <Link to={`/runs/new?plan=${run.plan_id}&kind=verify`}>{t('repair.again')}</Link>
        </p>
      ) : (
        <ErrorNote error={error} />
      )}
      {data === undefined ? (
        may('quarantine.read') &&
        !none && (
          <Button
            variant="outlined"
            loading={isPending}
            onClick={() => {
              mutate();
            }}
          >
            {t('repair.show')}
          </Button>
        )
      ) : (
        <Statements runId={run.run_id} sql={data} />
      )}
    </Panel>
  );
}
