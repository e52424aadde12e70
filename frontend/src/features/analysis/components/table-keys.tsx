import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { TableReferences } from './table-references';
import { useBasis } from './use-basis';

type Table = Schema<'AnalysedTableDetail'>;
type Key = Schema<'CandidateKey'>;
type Rule = Schema<'FunctionalDependency'>;

const Columns = ({ names }: { names: readonly string[] }) => <code>{names.join(', ')}</code>;

function Keys({ keys, brief }: { keys: readonly Key[]; brief: boolean }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const basis = useBasis();
  const verdict = ({ rows, distinct }: Key) =>
    distinct === rows
      ? t('keys.unique')
      : t('keys.broken', { number: format.number(rows - distinct), rows: format.number(rows) });
  const columns: Column<Key>[] = [
    { id: 'columns', header: t('figure.columns'), cell: (key) => <Columns names={key.columns} /> },
    {
      id: 'declared',
      header: t('reference.known'),
      cell: ({ declared }) => (declared ? t('reference.declared') : t('reference.found')),
    },
    { id: 'verdict', header: t('keys.verdict'), cell: verdict },
    ...(brief ? [] : [{ id: 'basis', header: t('basis.title'), wide: true, cell: (key: Key) => basis(key.basis) }]),
  ];
  return (
    <Panel title={t('keys.title')} flush={keys.length > 0}>
      {keys.length > 0 ? (
        <DataTable label={t('keys.title')} columns={columns} rows={keys} rowKey={(key) => key.columns.join(',')} />
      ) : (
        <Box sx={{ color: 'text.secondary' }}>{t('keys.none')}</Box>
      )}
    </Panel>
  );
}

function Dependencies({ rules, brief }: { rules: readonly Rule[]; brief: boolean }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const basis = useBasis();
  const columns: Column<Rule>[] = [
    { id: 'from', header: t('depends.from'), cell: ({ determinant }) => <Columns names={determinant} /> },
    { id: 'to', header: t('depends.to'), cell: ({ dependent }) => <Columns names={[dependent]} /> },
    {
      id: 'not',
      header: t('depends.broken'),
      end: true,
      cell: ({ violations, rows }) => t('ofTotal', { part: format.number(violations), total: format.number(rows) }),
    },
    ...(brief
      ? []
      : [
          {
            id: 'groups',
            header: t('depends.groups'),
            end: true,
            wide: true,
            cell: ({ groups }: Rule) => format.number(groups),
          },
          { id: 'basis', header: t('basis.title'), wide: true, cell: (rule: Rule) => basis(rule.basis) },
        ]),
  ];
  return (
    <Panel title={t('depends.title')} flush>
      <DataTable
        label={t('depends.title')}
        columns={columns}
        rows={rules}
        rowKey={({ determinant, dependent }) => `${determinant.join(',')} ${dependent}`}
      />
    </Panel>
  );
}

/** What tells the rows of a table apart, what follows from what, and what refers to what. */
export function TableKeys({ table, brief }: { table: Table; brief: boolean }) {
  return (
    <>
      <Keys keys={table.candidate_keys} brief={brief} />
      {table.inclusion_dependencies.length > 0 && (
        <TableReferences references={table.inclusion_dependencies} brief={brief} />
      )}
      {table.functional_dependencies.length > 0 && <Dependencies rules={table.functional_dependencies} brief={brief} />}
    </>
  );
}
