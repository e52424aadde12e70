import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { StartForm } from '../components/start-form';
import { useAnalysisContext } from '../data/context';

const ALL = { limit: 200 };

/** What shall be looked at, and how closely. */
export default function NewAnalysis() {
  const { t } = useTranslation('analysis');
  const { project } = useAnalysisContext();
  const path = { project_id: project.project_id };
  const connections = $api.useQuery('get', '/api/v1/connections', { params: { query: ALL } });
  const plans = $api.useQuery('get', '/api/v1/projects/{project_id}/plans', { params: { path, query: ALL } });
  const none = (
    <Empty
      action={
        <ButtonLink variant="contained" to="/connections/new">
          {t('start.addConnection')}
        </ButtonLink>
      }
    >
      {t('start.noConnection')}
    </Empty>
  );
  return (
    <Panel title={t('start.title')}>
      <Loaded query={connections}>
        {({ items }) =>
          items.length === 0 ? (
            none
          ) : (
            <Loaded query={plans}>
              {(found) => <StartForm project={project} connections={items} plans={found.items} />}
            </Loaded>
          )
        }
      </Loaded>
    </Panel>
  );
}
