import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Note } from '@/components/note';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { isOver, useRefreshAnalyses, type Analysis } from '../data/analyses';
import { LiveProgress } from './live-progress';

interface Fault {
  code?: string;
  message?: string;
  fix?: string;
}

/** Why it failed: what, what to do, and the code last. */
function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation('analysis');
  const { code, message, fix } = (error ?? {}) as Fault;
  return (
    <Note tone="error">
      <strong>{t('failed')}</strong>
      {message && <div dir="auto">{message}</div>}
      {fix && <div dir="auto">{fix}</div>}
      {code && <code>{code}</code>}
    </Note>
  );
}

function Cancel({ analysis_id }: Analysis) {
  const { t } = useTranslation('analysis');
  const refresh = useRefreshAnalyses();
  const [asking, setAsking] = useState(false);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/analyses/{analysis_id}/cancel', {
    onSuccess: async () => {
      setAsking(false);
      await refresh();
    },
  });
  return (
    <>
      <Button
        variant="outlined"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('cancel.action')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('cancel.title')}
          action={t('cancel.action')}
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
          {t('cancel.text')}
        </ConfirmDialog>
      )}
    </>
  );
}

/** An analysis without results: at work, failed or cancelled. */
export function AtWork({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation('analysis');
  const may = useMay();
  if (analysis.state === 'failed') return <Failed error={analysis.error} />;
  if (isOver(analysis))
    return <Note tone="info">{t(`over.${analysis.state}`, { defaultValue: t('over.other') })}</Note>;
  return (
    <Panel title={t('progress.title')} actions={may('analyses.write') && <Cancel {...analysis} />}>
      <LiveProgress analysis={analysis} />
      <Box sx={{ color: 'text.secondary', mt: 4 }}>{t('progress.hint')}</Box>
    </Panel>
  );
}
