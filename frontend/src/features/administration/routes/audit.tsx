import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { download } from '@/components/download';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { Filter, useFilters } from '@/components/filter';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { $api, client, type Schema } from '@/lib/api/client';
import { byCursor } from '@/lib/api/pages';
import { AdministrationPage } from '../components/administration-page';
import { AuditProof } from '../components/audit-proof';

type Entry = Schema<'AuditEntryView'>;
const OUTCOMES: Schema<'AuditOutcome'>[] = ['ok', 'denied', 'failed'];
const LOOKS: Record<string, Look> = { ok: 'good', denied: 'warning', failed: 'bad' };

async function exportAll() {
  const { data } = await client.GET('/api/v1/audit/export.csv', { parseAs: 'blob' });
  if (data) download('migrateiq-audit.csv', data as Blob, 'text/csv');
}

/** Who did what, when and from where; and the proof that nothing was changed afterwards. */
export default function Audit() {
  const { t } = useTranslation('administration');
  const { values, set } = useFilters(['text', 'outcome']);
  const filter = {
    ...(values.text && { text: values.text }),
    ...(values.outcome && { outcome: values.outcome as Schema<'AuditOutcome'> }),
  };
  const query = $api.useInfiniteQuery('get', '/api/v1/audit', { params: { query: filter } }, byCursor);
  const exporting = useMutation({ mutationFn: exportAll });
  const columns: Column<Entry>[] = [
    { id: 'at', header: t('audit.at'), cell: ({ at }) => <Moment at={at} /> },
    { id: 'actor', header: t('audit.actor'), cell: ({ actor }) => <bdi>{actor}</bdi> },
    { id: 'action', header: t('audit.action'), cell: ({ action }) => <code dir="ltr">{action}</code> },
    {
      id: 'object',
      header: t('audit.object'),
      wide: true,
      cell: ({ object_type, object_id }) => <code dir="ltr">{`${object_type} ${object_id}`}</code>,
    },
    {
      id: 'outcome',
      header: t('audit.outcome'),
      cell: ({ outcome }) => (
        <Status look={LOOKS[outcome] ?? 'plain'}>{t(`audit.outcomes.${outcome}`, { defaultValue: outcome })}</Status>
      ),
    },
    { id: 'address', header: t('audit.address'), wide: true, cell: ({ address }) => <code dir="ltr">{address}</code> },
  ];
  const outcomes = [
    { value: '', label: t('any') },
    ...OUTCOMES.map((value) => ({ value, label: t(`audit.outcomes.${value}`) })),
  ];
  const action = (
    <Button
      variant="outlined"
      loading={exporting.isPending}
      onClick={() => {
        exporting.mutate();
      }}
    >
      {t('audit.export')}
    </Button>
  );
  return (
    <AdministrationPage title={t('audit.title')} actions={action}>
      <ErrorNote error={exporting.error} />
      <AuditProof />
      <div>
        <Filter
          search={{
            label: t('audit.search'),
            value: values.text,
            onChange: (text) => {
              set({ text });
            },
          }}
          choices={[
            {
              name: 'outcome',
              label: t('audit.outcome'),
              value: values.outcome,
              onChange: (outcome) => {
                set({ outcome });
              },
              options: outcomes,
            },
          ]}
        />
        <Panel flush>
          <PagedTable
            label={t('audit.title')}
            columns={columns}
            query={query}
            rowKey={(row) => String(row.sequence)}
            empty={<Empty>{t('nothingFound')}</Empty>}
          />
        </Panel>
      </div>
    </AdministrationPage>
  );
}
