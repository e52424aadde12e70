import { Status } from '@/components/status';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';

/** How the last test of a connection ended. */
export function TestState({
  connection,
}: {
  connection: Pick<Schema<'ConnectionView'>, 'test_ok' | 'tested_at' | 'test_message'>;
}) {
  const { t } = useTranslation('connections');
  if (!connection.tested_at) return <Status look="plain">{t('test.never')}</Status>;
  return (
    <span title={connection.test_message ?? undefined}>
      {connection.test_ok ? (
        <Status look="good">{t('test.works')}</Status>
      ) : (
        <Status look="bad">{t('test.fails')}</Status>
      )}
    </span>
  );
}
