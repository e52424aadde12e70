import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { DataTable } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Note } from '@/components/note';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { useFormat } from '@/lib/format/use-format';
import { sorted, subjectOf, type CheckResult } from '../live/results';
import { useResults } from '../live/use-results';
import { ResultStatus } from './result-status';

const STATUS = ['failed', 'error', 'passed', 'skipped'] as const;

/** What came of each check, the worst first. */
export function ResultList({ checkRunId }: { checkRunId: string }) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const { values, set } = useFilters(['status', 'check']);
  const { query, checks, masked } = useResults(checkRunId);
  const shown = sorted(checks.filter(({ status }) => !values.status || status === values.status));
  const addressOf = ({ name }: CheckResult) =>
    `?${new URLSearchParams({ ...(values.status && { status: values.status }), check: name }).toString()}`;
  const columns: Column<CheckResult>[] = [
    { id: 'status', header: t('checkRun.result'), cell: (check) => <ResultStatus check={check} /> },
    {
      id: 'check',
      header: t('check'),
      cell: (check) => (
        <Box sx={{ py: 1.5, minWidth: 160 }}>
          <Link
            to={addressOf(check)}
            preventScrollReset
            aria-current={check.name === values.check ? 'true' : undefined}
          >
            {t(`kinds.${check.kind}`, { defaultValue: check.kind })}
          </Link>
          <Box className="code" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
            <bdi>{subjectOf(check) || check.name}</bdi>
          </Box>
        </Box>
      ),
    },
    {
      id: 'found',
      header: t('found'),
      wide: true,
      cell: ({ message, threshold }) => (
        <Box dir="auto" sx={{ py: 1.5, minWidth: 200, overflowWrap: 'anywhere' }}>
          {message}
          <Box sx={{ color: 'text.secondary' }}>{threshold}</Box>
        </Box>
      ),
    },
    {
      id: 'broken',
      header: t('rowsBroken'),
      end: true,
      cell: ({ rows_broken }) => format.number(rows_broken),
    },
    // Beside an open panel there is no room for it.
    ...(values.check
      ? []
      : [
          {
            id: 'owner',
            header: t('members.owner'),
            wide: true,
            cell: ({ owner }: CheckResult) => (owner ? <bdi>{owner}</bdi> : '–'),
          },
        ]),
  ];
  return (
    <Panel
      title={t('checks')}
      flush
      actions={
        <SelectField
          inline
          label={t('show')}
          value={values.status ?? ''}
          options={[{ value: '', label: t('all') }, ...STATUS.map((value) => ({ value, label: t(`status.${value}`) }))]}
          onChange={(status) => {
            set({ status });
          }}
        />
      }
    >
      {masked && (
        <Box sx={{ px: 4 }}>
          <Note tone="info">{t('masked')}</Note>
        </Box>
      )}
      <Loaded query={query}>
        {() =>
          shown.length === 0 ? (
            <Empty>{t('noSuchResult')}</Empty>
          ) : (
            <DataTable label={t('checks')} columns={columns} rows={shown} rowKey={({ name }) => name} />
          )
        }
      </Loaded>
    </Panel>
  );
}
