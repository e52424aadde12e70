import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Lines } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { Findings } from './findings';
import { TestState } from './connection-test';

interface Props {
  connection: Schema<'ConnectionView'>;
  /** Tests without being asked, when the panel appears. */
  atOnce?: boolean;
}

/** Opens the system, reads its catalog, and gives the doctor's advice. */
export function TestPanel({ connection, atOnce = false }: Props) {
  const { t } = useTranslation('connections');
  const may = useMay();
  const queries = useQueryClient();
  const { mutate, isPending, error, data } = $api.useMutation('post', '/api/v1/connections/{connection_id}/test', {
    onSettled: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/connections'] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/connections/{connection_id}'] }),
  });
  const begun = useRef(false);
  const test = () => {
    mutate({ params: { path: { connection_id: connection.connection_id } } });
  };
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    mutate({ params: { path: { connection_id: connection.connection_id } } });
  }, [atOnce, connection.connection_id, mutate]);
  return (
    <Panel
      title={t('test.title')}
      actions={
        may('connections.write') && (
          <Button variant="outlined" loading={isPending} onClick={test}>
            {t('test.action')}
          </Button>
        )
      }
    >
      <ErrorNote error={error} />
      {isPending && <Lines count={3} />}
      {data && !isPending && <Findings result={data} />}
      {!data && !isPending && (
        <>
          <TestState connection={connection} /> {connection.tested_at && <Moment at={connection.tested_at} />}
          {connection.test_message && <p dir="auto">{connection.test_message}</p>}
        </>
      )}
    </Panel>
  );
}
