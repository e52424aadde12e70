import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Status, type Look } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { useTo } from '../data/use-to';

type Drift = Schema<'Drift'>;

const LOOKS: Record<Schema<'DriftLevel'>, Look> = { serious: 'bad', warning: 'warning', note: 'info' };

/** What differs between two analyses, the gravest first. */
export function DriftList({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const query = $api.useQuery(
    'get',
    '/api/v1/analyses/{analysis_id}/drift',
    { params: { path: { analysis_id: after }, query: { before_id: before } } },
    { staleTime: Infinity },
  );
  const where = ({ kind, table, column }: Drift) => (
    <Link to={to('tables', { table, ...(column && kind !== 'column_removed' && { column }) })}>
      <code>{column ? `${table}.${column}` : table}</code>
    </Link>
  );
  const columns: Column<Drift>[] = [
    {
      id: 'level',
      header: t('changes.level'),
      cell: ({ level }) => <Status look={LOOKS[level]}>{t(`level.${level}`)}</Status>,
    },
    { id: 'kind', header: t('changes.kind'), wide: true, cell: ({ kind }) => t(`drift.${kind}`) },
    {
      id: 'where',
      header: t('changes.where'),
      cell: (drift) => (drift.kind === 'table_removed' ? <code>{drift.table}</code> : where(drift)),
    },
    { id: 'text', header: t('changes.what'), cell: ({ text }) => <Box dir="auto">{text}</Box> },
  ];
  return (
    <Loaded query={query}>
      {({ items, tables, omitted }) => (
        <>
          <Box sx={{ px: 4, pb: 3, color: 'text.secondary' }}>
            {t('changes.compared', { count: tables, formatted: format.number(tables) })}
            {omitted > 0 && ` ${t('changes.omitted', { omitted: format.number(omitted) })}`}
          </Box>
          {items.length === 0 ? (
            <Empty>{t('changes.equal')}</Empty>
          ) : (
            <DataTable
              label={t('changes.title')}
              columns={columns}
              rows={items}
              rowKey={({ kind, table, column = '' }) => `${kind} ${table} ${column}`}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
