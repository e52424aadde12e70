import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Workspace } from '@/components/workspace';
import { $api } from '@/lib/api/client';
import { StartForm } from '../components/start-form';

/** Starts a matching of two connections. */
export default function NewMatching() {
  const { t } = useTranslation('mapping');
  const connections = $api.useQuery('get', '/api/v1/connections', { params: { query: { limit: 200 } } });
  return (
    <Workspace step="mapping">
      {({ project_id }) => (
        <Box sx={{ maxWidth: 620 }}>
          <Panel title={t('new.title')}>
            <Box sx={{ color: 'text.secondary', mb: 4 }}>{t('new.text')}</Box>
            <Loaded query={connections}>
              {({ items }) =>
                items.length === 0 ? (
                  <Empty
                    action={
                      <ButtonLink to="/connections/new" variant="contained">
                        {t('new.connect')}
                      </ButtonLink>
                    }
                  >
                    {t('new.noConnections')}
                  </Empty>
                ) : (
                  <StartForm projectId={project_id} connections={items} />
                )
              }
            </Loaded>
          </Panel>
        </Box>
      )}
    </Workspace>
  );
}
