import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Rule = Schema<'RuleCount'>;
const LOOKS: Record<string, Look> = { passed: 'good', failed: 'bad', error: 'warning' };

/** Rules that were given to the analysis, and how many rows break them. */
export function TableRules({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const columns: Column<Rule>[] = [
    { id: 'name', header: t('rules.name'), cell: ({ name }) => <code>{name}</code> },
    {
      id: 'status',
      header: t('all.state'),
      cell: ({ status }) => (
        <Status look={LOOKS[status] ?? 'plain'}>{t(`rules.status.${status}`, { defaultValue: status })}</Status>
      ),
    },
    {
      id: 'broken',
      header: t('rules.broken'),
      end: true,
      cell: ({ broken, checked }) => t('ofTotal', { part: format.number(broken), total: format.number(checked) }),
    },
    { id: 'message', header: t('rules.message'), wide: true, cell: ({ message }) => <span dir="auto">{message}</span> },
  ];
  return (
    <Panel title={t('rules.title')} flush>
      <DataTable label={t('rules.title')} columns={columns} rows={rules} rowKey={({ name }) => name} />
    </Panel>
  );
}
