import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { useTo } from '../data/use-to';
import { useBasis } from './use-basis';

type Reference = Schema<'InclusionDependency'>;

function Orphans({ reference: { orphans, rows, examples } }: { reference: Reference }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  if (orphans === 0) return <Status look="good">{t('reference.allThere')}</Status>;
  return (
    <>
      <Status look="warning">
        {t('reference.orphans', { number: format.number(orphans), rows: format.number(rows) })}
      </Status>
      {examples.length > 0 && (
        <Box component="code" dir="auto" sx={{ display: 'block', color: 'text.secondary', pb: 1 }}>
          {examples.join(', ')}
        </Box>
      )}
    </>
  );
}

/** What a table refers to, declared or found by its values. */
export function TableReferences({ references, brief }: { references: readonly Reference[]; brief: boolean }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const basis = useBasis();
  const columns: Column<Reference>[] = [
    { id: 'from', header: t('figure.columns'), cell: (reference) => <code>{reference.columns.join(', ')}</code> },
    {
      id: 'to',
      header: t('reference.parent'),
      cell: ({ parent, parent_columns }) => (
        <Link to={to('tables', { table: parent })}>
          <code>{`${parent}.${parent_columns.join(', ')}`}</code>
        </Link>
      ),
    },
    {
      id: 'known',
      header: t('reference.known'),
      cell: ({ declared, confidence }) =>
        declared ? t('reference.declared') : t('reference.foundSure', { confidence: format.percent(confidence) }),
    },
    { id: 'orphans', header: t('reference.rows'), cell: (reference) => <Orphans reference={reference} /> },
    ...(brief
      ? []
      : [{ id: 'basis', header: t('basis.title'), wide: true, cell: (each: Reference) => basis(each.basis) }]),
  ];
  return (
    <Panel title={t('reference.title')} flush>
      <DataTable
        label={t('reference.title')}
        columns={columns}
        rows={references}
        rowKey={({ columns: own, parent, parent_columns }) => `${own.join(',')} ${parent} ${parent_columns.join(',')}`}
      />
    </Panel>
  );
}
