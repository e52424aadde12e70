import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import type { CaseCheck, Risk } from '../data/assessment';
import { useTo } from '../data/use-to';

const LOOKS: Record<string, Look> = {
  found: 'warning',
  clear: 'good',
  by_design: 'good',
  at_run_time: 'waiting',
  not_examined: 'off',
  not_applicable: 'plain',
};

/** Every known way in which migrations fail, and what was made of it here. */
export function CaseList({ cases, risks }: { cases: readonly CaseCheck[]; risks: readonly Risk[] }) {
  const { t } = useTranslation('analysis');
  const to = useTo();
  const riskOf = (failure: string) => risks.find(({ failure_case }) => failure_case === failure);
  const title = (check: CaseCheck) => {
    const risk = check.status === 'found' ? riskOf(check.failure_case) : undefined;
    return risk ? (
      <Link to={to('risks', { risk: risk.kind })}>
        <bdi>{check.title}</bdi>
      </Link>
    ) : (
      <bdi>{check.title}</bdi>
    );
  };
  const columns: Column<CaseCheck>[] = [
    { id: 'case', header: t('cases.case'), cell: ({ failure_case }) => <code>{failure_case}</code> },
    { id: 'title', header: t('cases.what'), cell: (check) => <Box sx={{ py: 1 }}>{title(check)}</Box> },
    {
      id: 'status',
      header: t('cases.status'),
      cell: ({ status }) => <Status look={LOOKS[status] ?? 'plain'}>{t(`cases.is.${status}`)}</Status>,
    },
    {
      id: 'note',
      header: t('cases.how'),
      wide: true,
      cell: ({ note }) => (
        <Box dir="auto" sx={{ py: 1 }}>
          {note}
        </Box>
      ),
    },
  ];
  return (
    <Panel title={t('cases.title')} flush>
      <DataTable label={t('cases.title')} columns={columns} rows={cases} rowKey={({ failure_case }) => failure_case} />
    </Panel>
  );
}
