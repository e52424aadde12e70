import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';

type Index = Schema<'IndexProfile'>;

/** The indexes that the source declares beside the primary key. */
export function TableIndexes({ indexes, brief }: { indexes: readonly Index[]; brief: boolean }) {
  const { t } = useTranslation('analysis');
  const columns: Column<Index>[] = [
    { id: 'name', header: t('object.is.index'), cell: ({ name }) => <code dir="auto">{name}</code> },
    { id: 'columns', header: t('figure.columns'), cell: (index) => <code dir="auto">{index.columns.join(', ')}</code> },
    { id: 'unique', header: t('index.unique'), cell: ({ unique }) => (unique ? t('yes') : t('no')) },
    ...(brief
      ? []
      : [
          { id: 'method', header: t('index.method'), wide: true, cell: ({ method }: Index) => <code>{method}</code> },
          {
            id: 'where',
            header: t('index.where'),
            wide: true,
            cell: ({ where }: Index) => (where ? <code dir="auto">{where}</code> : t('index.allRows')),
          },
        ]),
  ];
  return (
    <Panel title={t('objects.index')} flush>
      <DataTable
        label={t('objects.index')}
        columns={columns}
        rows={indexes}
        rowKey={({ name, columns: own }) => `${name} ${own.join(',')}`}
      />
    </Panel>
  );
}
