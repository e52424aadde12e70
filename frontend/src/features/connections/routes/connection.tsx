import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Facts } from '@/components/facts';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ProductionMark } from '@/components/production-mark';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { EditConnection } from '../components/edit-connection';
import { RemoveConnection } from '../components/remove-connection';
import { TestPanel } from '../components/test-panel';
import { useKindName } from '../components/use-kind-name';
import { UsagePanel } from '../components/usage-panel';

function About({ connection }: { connection: Schema<'ConnectionView'> }) {
  const { t } = useTranslation('connections');
  const kindName = useKindName();
  return (
    <Panel title={t('about')}>
      <Facts
        items={[
          [t('kind'), kindName(connection.kind)],
          [
            t('url'),
            <code key="url" dir="ltr">
              {connection.url}
            </code>,
          ],
          [
            t('description'),
            <span key="description" dir="auto">
              {connection.description || '–'}
            </span>,
          ],
          [t('labels'), connection.labels.join(', ') || '–'],
          [t('changed'), <Moment key="changed" at={connection.updated_at} />],
        ]}
      />
    </Panel>
  );
}

export default function Connection() {
  const { t } = useTranslation('connections');
  const { connectionId = '' } = useParams();
  const may = useMay();
  const [open, setOpen] = useState<'edit' | 'remove'>();
  const query = $api.useQuery('get', '/api/v1/connections/{connection_id}', {
    params: { path: { connection_id: connectionId } },
  });
  const close = () => {
    setOpen(undefined);
  };
  const actions = query.data && may('connections.write') && (
    <>
      <Button
        variant="outlined"
        onClick={() => {
          setOpen('edit');
        }}
      >
        {t('edit.action')}
      </Button>
      <Button
        color="error"
        onClick={() => {
          setOpen('remove');
        }}
      >
        {t('remove.action')}
      </Button>
    </>
  );
  return (
    <Page
      title={query.data?.name ?? t('one')}
      crumbs={[{ label: t('nav'), to: '/connections' }]}
      actions={actions}
      lead={query.data?.production && <ProductionMark />}
    >
      <Loaded query={query}>
        {(connection) => (
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <About connection={connection} />
            <TestPanel connection={connection} />
            <UsagePanel connectionId={connectionId} />
            {open === 'edit' && <EditConnection connection={connection} onClose={close} />}
            {open === 'remove' && <RemoveConnection connection={connection} onClose={close} />}
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
