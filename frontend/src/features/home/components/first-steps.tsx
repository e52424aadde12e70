import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';

const one = { params: { query: { limit: 2 } } };

/** For a tenant that is new: connections, then a project. Gone as soon as both are there. */
export function FirstSteps() {
  const { t } = useTranslation('home');
  const may = useMay();
  const connections = $api.useQuery('get', '/api/v1/connections', one, { enabled: may('connections.write') });
  const projects = $api.useQuery('get', '/api/v1/projects', one, { enabled: may('projects.create') });
  if (!connections.data || !projects.data || projects.data.items.length > 0) return null;
  const connected = connections.data.items.length >= 2;
  const steps = [
    { id: 'connect', done: connected, to: '/connections/new' },
    { id: 'project', done: false, to: '/projects/new' },
  ];
  return (
    <Panel title={t('first.title')}>
      <p>{t('first.text')}</p>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 3 }}>
        {steps.map(({ id, done, to }) => (
          <Box component="li" key={id} sx={{ display: 'flex', gap: 3, alignItems: 'center', flexWrap: 'wrap' }}>
            <Status look={done ? 'good' : 'plain'}>{t(`first.${id}.text`)}</Status>
            {!done && (
              <ButtonLink size="small" variant={connected === (id === 'project') ? 'contained' : 'outlined'} to={to}>
                {t(`first.${id}.action`)}
              </ButtonLink>
            )}
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
