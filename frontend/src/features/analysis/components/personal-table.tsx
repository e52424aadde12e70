import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { PersonalColumn } from '../data/assessment';
import { useTo } from '../data/use-to';
import { SeverityLabel } from './severity-label';

/** The columns with personal data, most sensitive first. */
export function PersonalTable({ columns, brief }: { columns: readonly PersonalColumn[]; brief: boolean }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const cells: Column<PersonalColumn>[] = [
    {
      id: 'column',
      header: t('column.name'),
      cell: ({ table, column }) => (
        <Link to={to('personal-data', { table, column })}>
          <code>{`${table}.${column}`}</code>
        </Link>
      ),
    },
    { id: 'title', header: t('column.meaning'), cell: ({ title }) => <bdi>{title}</bdi> },
    ...(brief
      ? []
      : [
          {
            id: 'sensitivity',
            header: t('personal.sensitivity'),
            wide: true,
            cell: ({ sensitivity }: PersonalColumn) => <SeverityLabel severity={sensitivity} />,
          },
          {
            id: 'values',
            header: t('personal.values'),
            end: true,
            wide: true,
            cell: ({ rows }: PersonalColumn) => format.number(rows),
          },
          {
            id: 'confidence',
            header: t('personal.confidence'),
            end: true,
            cell: ({ confidence }: PersonalColumn) => format.percent(confidence),
          },
        ]),
  ];
  return (
    <Panel title={t('page.personal')} flush>
      {columns.length === 0 ? (
        <Empty>{t('tree.nothing')}</Empty>
      ) : (
        <DataTable
          label={t('page.personal')}
          columns={cells}
          rows={columns}
          rowKey={({ table, column }) => `${table} ${column}`}
        />
      )}
    </Panel>
  );
}
