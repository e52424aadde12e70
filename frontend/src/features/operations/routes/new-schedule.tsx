import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { NewCheckSchedule } from '../components/new-check-schedule';
import { NewRunSchedule } from '../components/new-run-schedule';

function NewPage({ name, children }: { name: string | undefined; children: ReactNode }) {
  const { t } = useTranslation('operations');
  return (
    <Page
      title={name ? t('schedules.newOf', { name }) : t('schedules.new')}
      crumbs={[{ label: t('nav'), to: '/operations' }]}
    >
      {children}
    </Page>
  );
}

const Form = ({ children }: { children: ReactNode }) => (
  <Panel>
    <Box sx={{ maxWidth: 560 }}>{children}</Box>
  </Panel>
);

function OfPlan({ planId }: { planId: string }) {
  const plan = $api.useQuery('get', '/api/v1/plans/{plan_id}', { params: { path: { plan_id: planId } } });
  return (
    <NewPage name={plan.data?.name}>
      <Loaded query={plan}>
        {(loaded) => (
          <Form>
            <NewRunSchedule plan={loaded} />
          </Form>
        )}
      </Loaded>
    </NewPage>
  );
}

function OfSuite({ suiteId }: { suiteId: string }) {
  const suite = $api.useQuery('get', '/api/v1/suites/{suite_id}', { params: { path: { suite_id: suiteId } } });
  return (
    <NewPage name={suite.data?.name}>
      <Loaded query={suite}>
        {(loaded) => (
          <Form>
            <NewCheckSchedule suite={loaded} />
          </Form>
        )}
      </Loaded>
    </NewPage>
  );
}

/** A schedule for the plan, or the suite of checks, that the address names. */
export default function NewSchedule() {
  const { t } = useTranslation('operations');
  const [search] = useSearchParams();
  const planId = search.get('plan');
  const suiteId = search.get('suite');
  if (suiteId) return <OfSuite suiteId={suiteId} />;
  if (planId) return <OfPlan planId={planId} />;
  return (
    <NewPage name={undefined}>
      <Empty>{t('schedules.noPlan')}</Empty>
    </NewPage>
  );
}
