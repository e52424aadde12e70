import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { StartForm } from '../components/start-form';

/** Before a run: what it will do. The address names the plan. */
export default function NewRun() {
  const { t } = useTranslation(['migration', 'runs']);
  const [search] = useSearchParams();
  const planId = search.get('plan') ?? '';
  const kind = search.get('kind') ?? 'rehearse';
  const crumbs = [{ label: t('runs:nav'), to: '/runs' }];
  const plan = $api.useQuery(
    'get',
    '/api/v1/plans/{plan_id}',
    { params: { path: { plan_id: planId } } },
    { enabled: planId !== '' },
  );
  if (!planId) {
    return (
      <Page title={t('start.title')} crumbs={crumbs}>
        <Empty>{t('start.noPlan')}</Empty>
      </Page>
    );
  }
  return (
    <Page title={plan.data ? t('start.titleOf', { name: plan.data.name }) : t('start.title')} crumbs={crumbs}>
      <Loaded query={plan}>
        {(loaded) => (
          <Box sx={{ maxWidth: 760 }}>
            <Panel>
              <StartForm plan={loaded} first={kind} />
            </Panel>
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
