import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import { RunStateLabel } from '@/components/run-state';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Run = Schema<'RunView'>;

function One({ run, title }: { run: Run; title: string }) {
  const { t } = useTranslation('migration');
  const format = useFormat();
  return (
    <Panel title={title}>
      <Facts
        items={[
          [
            t('run'),
            <Link key="run" to={`/runs/${run.run_id}`}>
              {run.name || run.run_id}
            </Link>,
          ],
          [t('kind'), t(`kinds.${run.kind}`, { defaultValue: run.kind })],
          [t('state'), <RunStateLabel key="state" run={run} />],
          [t('version'), format.number(run.plan_version)],
          [t('at'), format.dateTime(run.created_at)],
          [t('by'), <Person key="by" name={run.requested_by_name} />],
        ]}
      />
    </Panel>
  );
}

/** Which two. */
export function CompareHead({ a, b }: { a: Run; b: Run }) {
  const { t } = useTranslation('migration');
  return (
    <Box
      sx={{ display: 'grid', gap: 5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' } }}
    >
      <One run={a} title={t('compare.a')} />
      <One run={b} title={t('compare.b')} />
    </Box>
  );
}
