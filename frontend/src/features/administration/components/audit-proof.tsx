import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

/** Proves that the log is unbroken, when asked to: the server recomputes the whole chain. */
export function AuditProof() {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const { data, error, refetch, isFetching } = useQuery({
    ...$api.queryOptions('get', '/api/v1/audit/verify'),
    enabled: false,
  });
  return (
    <Panel
      title={t('audit.proof')}
      actions={
        <Button variant="outlined" loading={isFetching} onClick={() => void refetch()}>
          {t('audit.prove')}
        </Button>
      }
    >
      <ErrorNote error={error} />
      <div role="status">
        {!data && t('audit.proofText')}
        {data &&
          (data.unbroken ? (
            <Status look="good">{t('audit.unbroken', { entries: format.number(data.entries) })}</Status>
          ) : (
            <Status look="bad">{t('audit.broken', { entry: format.number(data.broken_at ?? 0) })}</Status>
          ))}
      </div>
      {data && (
        <p>
          {t('audit.head')}{' '}
          <code dir="ltr" style={{ overflowWrap: 'anywhere' }}>
            {data.head}
          </code>
        </p>
      )}
    </Panel>
  );
}
