import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Note } from '@/components/note';
import type { CheckResult, Sample } from '../live/results';

interface Row extends Sample {
  at: number;
}

/** Rows that broke a check: their keys, and the value that did it; as far as the server shows them. */
export function Samples({ check, masked }: { check: CheckResult; masked: boolean }) {
  const { t } = useTranslation('validation');
  const rows: Row[] = check.samples.map((sample, at) => ({ ...sample, at }));
  const keys = [...new Set(rows.flatMap(({ key }) => Object.keys(key)))];
  const code = (text: string | undefined) => (
    <Box component="code" dir="auto" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {text}
    </Box>
  );
  const columns: Column<Row>[] = [
    ...keys.map((name): Column<Row> => ({ id: `key ${name}`, header: name, cell: ({ key }) => code(key[name]) })),
    { id: 'value', header: t('samples.value'), cell: ({ value }) => code(value) },
  ];
  return (
    <Box sx={{ mt: 4 }}>
      <Typography variant="h3">{t('samples.title')}</Typography>
      {rows.length > 0 && (
        <DataTable label={t('samples.title')} columns={columns} rows={rows} rowKey={({ at }) => String(at)} />
      )}
      {rows.length > 0 && check.personal && <Note tone="warning">{t('samples.personal')}</Note>}
      {rows.length === 0 && (
        <Typography color="textSecondary">{masked ? t('samples.masked') : t('samples.none')}</Typography>
      )}
    </Box>
  );
}
