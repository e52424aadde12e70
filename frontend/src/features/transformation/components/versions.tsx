import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import BackIcon from 'lucide-react/icons/arrow-left';
import { ButtonLink } from '@/components/button-link';
import { useFilters } from '@/components/filter';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import type { Column } from '@/components/data-table';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { nameOf } from '../plan/people';
import { RestoreDialog } from './restore-dialog';
import { VersionButtons } from './version-buttons';
import { VersionDiff } from './version-diff';

type Version = Schema<'PlanVersionView'>;

/** A number of a version in the address. */
const numberIn = (text: string | undefined, otherwise: number) => {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
};

/** All versions of a plan: by whom and when, what differs between any two, and the way back to one. */
export function Versions({ plan }: { plan: Schema<'PlanTextView'> }) {
  const { t } = useTranslation('transformation');
  const may = useMay();
  const { values, set } = useFilters(['from', 'to']);
  const [restoring, setRestoring] = useState<Version>();
  const to = numberIn(values.to, plan.version);
  const from = numberIn(values.from, Math.max(1, to - 1));
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/plans/{plan_id}/versions',
    { params: { path: { plan_id: plan.plan_id }, query: { limit: 50 } } },
    byCursor,
  );
  const columns: Column<Version>[] = [
    { id: 'number', header: t('versions.number'), cell: ({ number }) => <strong>{number}</strong> },
    { id: 'author', header: t('versions.author'), cell: ({ author }) => <bdi title={author}>{nameOf(author)}</bdi> },
    { id: 'at', header: t('versions.at'), cell: ({ created_at }) => <Moment at={created_at} /> },
    {
      id: 'message',
      header: t('versions.message'),
      wide: true,
      cell: ({ message, restored_from }) => (
        <span dir="auto">{message || (restored_from ? t('versions.restored', { number: restored_from }) : '–')}</span>
      ),
    },
    {
      id: 'compare',
      header: '',
      end: true,
      cell: (version) => (
        <VersionButtons
          version={version}
          from={from}
          to={to}
          mayRestore={may('projects.write') && version.number !== plan.version}
          onChoose={(side) => {
            set({ from: String(from), to: String(to), [side]: String(version.number) });
          }}
          onRestore={() => {
            setRestoring(version);
          }}
        />
      ),
    },
  ];
  return (
    <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Box sx={{ display: 'flex', gap: 3, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography variant="h2" sx={{ flex: '1 1 auto' }}>
          {t('versions.of')} <bdi>{plan.name}</bdi>
        </Typography>
        <ButtonLink
          startIcon={
            <Box component={BackIcon} size={15} aria-hidden sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }} />
          }
          to={`/projects/${plan.project_id}/transformation?plan=${plan.plan_id}`}
        >
          {t('versions.back')}
        </ButtonLink>
      </Box>
      <Panel flush>
        <PagedTable
          label={t('versions.title')}
          columns={columns}
          rowKey={({ number }) => String(number)}
          query={query}
          empty={null}
        />
      </Panel>
      {from !== to && <VersionDiff planId={plan.plan_id} from={from} to={to} />}
      {restoring && (
        <RestoreDialog
          plan={plan}
          version={restoring}
          onClose={() => {
            setRestoring(undefined);
          }}
        />
      )}
    </Box>
  );
}
