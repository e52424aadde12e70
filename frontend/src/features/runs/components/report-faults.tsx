import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import type { Report } from '@/lib/api/report';

const textOf = (row: Record<string, string | null>) =>
  Object.entries(row)
    .map(([column, value]) => `${column}=${value ?? 'NULL'}`)
    .join(', ');

/** Errors, and the rows that differ, with both versions. */
export function ReportFaults({ report }: { report: Report }) {
  const { t } = useTranslation('runs');
  if (report.errors.length + report.differences.length === 0) return null;
  return (
    <Panel title={t('report.faults')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 3 }}>
        {report.errors.map(({ code, message, fix, table, column }) => (
          <li key={`${code} ${message} ${table} ${column}`}>
            <Status look="bad">
              <code dir="ltr">{[table, column].filter(Boolean).join('.') || code}</code>
            </Status>
            <div dir="auto">{message}</div>
            <Box dir="auto" sx={{ color: 'text.secondary' }}>
              {fix} <code>{code}</code>
            </Box>
          </li>
        ))}
        {report.differences.map((difference) => (
          <li key={`${difference.table} ${textOf(difference.key)} ${difference.kind}`}>
            <Status look="bad">
              <code dir="ltr">{`${difference.table}: ${textOf(difference.key)}`}</code>
            </Status>
            <div>
              {t('report.inSource')} <code dir="ltr">{textOf(difference.source) || '–'}</code>
            </div>
            <div>
              {t('report.inTarget')} <code dir="ltr">{textOf(difference.target) || '–'}</code>
            </div>
          </li>
        ))}
      </Box>
    </Panel>
  );
}
