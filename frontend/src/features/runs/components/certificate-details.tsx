import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Status } from '@/components/status';
import { findingsOf, type Finding, type Report, type TableReport } from '@/lib/api/report';
import { useFormat } from '@/lib/format/use-format';

const LOOKS = { match: 'good', mismatch: 'bad', skipped: 'off' } as const;

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" sx={{ mt: 6, breakInside: 'avoid-page' }}>
      <Typography variant="h3" sx={{ mb: 2 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Tables({ report, writes }: { report: Report; writes: boolean }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const columns: Column<TableReport>[] = [
    {
      id: 'table',
      header: t('table'),
      cell: ({ source, target, source_digest, target_digest }) => (
        <>
          <code dir="ltr">{source === target ? source : `${source} → ${target}`}</code>
          <Box component="code" dir="ltr" sx={{ display: 'block', color: 'text.secondary', wordBreak: 'break-all' }}>
            {source_digest === target_digest ? source_digest : `${source_digest} ≠ ${target_digest}`}
          </Box>
        </>
      ),
    },
    { id: 'read', header: t('report.read'), end: true, cell: ({ rows_read }) => format.number(rows_read) },
    ...(writes
      ? [
          {
            id: 'written',
            header: t('report.written'),
            end: true,
            cell: ({ rows_written }: TableReport) => format.number(rows_written),
          },
        ]
      : []),
    {
      id: 'verified',
      header: t('report.verified'),
      cell: ({ verified }) => <Status look={LOOKS[verified]}>{t(`verified.${verified}`)}</Status>,
    },
  ];
  return (
    <DataTable
      label={t('certificate.compared')}
      columns={columns}
      rows={report.tables}
      rowKey={(row) => `${row.source} ${row.target}`}
    />
  );
}

function Said({ finding: { kind, what, count } }: { finding: Finding }) {
  const { t } = useTranslation('runs');
  const values = useFormat().number(count);
  if (kind === 'altered') return t('certificate.byRule', { values, rule: what });
  if (kind === 'refused') return t('certificate.refused', { values, reason: what });
  return t('certificate.warned', { values, reason: what });
}

/** The proof: table by table, what was altered and by which rule, what remains. */
export function CertificateDetails({ report, writes }: { report: Report; writes: boolean }) {
  const { t } = useTranslation('runs');
  const findings = findingsOf(report);
  const manual = report.objects.filter(({ status }) => status === 'manual' || status === 'failed');
  return (
    <>
      <Part title={t('certificate.compared')}>
        <Tables report={report} writes={writes} />
      </Part>
      <Part title={t('certificate.altered')}>
        {findings.length === 0 && t('certificate.nothingAltered')}
        <Box component="ul" sx={{ m: 0, paddingInlineStart: 5 }}>
          {findings.map((finding) => (
            <li key={`${finding.place} ${finding.what} ${finding.kind}`}>
              <code dir="ltr">{finding.place}</code> <Said finding={finding} />
            </li>
          ))}
        </Box>
      </Part>
      <Part title={t('certificate.manual')}>
        {manual.length === 0 && t('certificate.nothingManual')}
        <Box component="ul" sx={{ m: 0, paddingInlineStart: 5 }}>
          {manual.map(({ kind, name, why }) => (
            <li key={`${kind} ${name}`}>
              <code dir="ltr">{name}</code> <span dir="auto">{why}</span>
            </li>
          ))}
        </Box>
      </Part>
      {report.notes.length > 0 && (
        <Part title={t('certificate.notes')}>
          <Box component="ul" dir="auto" sx={{ m: 0, paddingInlineStart: 5 }}>
            {report.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </Box>
        </Part>
      )}
    </>
  );
}
