import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import type { useColumns } from '../data/use-columns';
import { useColumnCells } from './use-column-cells';

interface Props {
  table: Schema<'AnalysedTableDetail'>;
  query: ReturnType<typeof useColumns>['query'];
  /** Less of each: one of them is open beside the list. */
  brief: boolean;
}

/** The columns of a table, one a line. */
export function ColumnList({ table, query, brief }: Props) {
  const { t } = useTranslation('analysis');
  const cells = useColumnCells(table.name, brief);
  return (
    <Panel title={t('figure.columns')} flush>
      <PagedTable
        label={t('table.columnsOf', { table: table.name })}
        columns={cells}
        query={query}
        rowKey={({ position }) => String(position)}
        empty={<Empty>{t('table.noColumn')}</Empty>}
      />
    </Panel>
  );
}
