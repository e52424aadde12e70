import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

const LOOKS: Record<Schema<'FindingLevel'>, Look> = { ok: 'good', warning: 'warning', blocks: 'bad' };

function Finding({ finding }: { finding: Schema<'ConnectionFindingView'> }) {
  const { t } = useTranslation('connections');
  return (
    <Box
      component="li"
      sx={{
        py: 3,
        borderBlockStart: '1px solid',
        borderColor: 'divider',
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: '130px 1fr' },
        gap: 2,
      }}
    >
      <Status look={LOOKS[finding.level]}>{t(`level.${finding.level}`)}</Status>
      <Box dir="auto" sx={{ minWidth: 0 }}>
        <Box sx={{ fontWeight: 550 }}>{finding.subject}</Box>
        <Box sx={{ overflowWrap: 'anywhere' }}>{finding.message}</Box>
        {finding.fix && <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{finding.fix}</Box>}
      </Box>
    </Box>
  );
}

/** What a test found: whether it works, and the doctor's advice, the worst first. */
export function Findings({ result }: { result: Schema<'ConnectionTestView'> }) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const rank = { blocks: 0, warning: 1, ok: 2 };
  const findings = result.findings.toSorted((a, b) => rank[a.level] - rank[b.level]);
  return (
    <Box role="status">
      {result.ok ? (
        <Status look="good">
          {t('test.found', { tables: format.number(result.tables), milliseconds: format.number(result.milliseconds) })}
        </Status>
      ) : (
        <Box dir="auto">
          <Status look="bad">{t('test.fails')}</Status>
          <Typography sx={{ overflowWrap: 'anywhere' }}>{result.message}</Typography>
          <Typography color="textSecondary">{result.fix}</Typography>
          <code>{result.code}</code>
        </Box>
      )}
      <Box component="ul" sx={{ listStyle: 'none', p: 0, mt: 3, mb: 0 }}>
        {findings.map((finding) => (
          <Finding key={`${finding.subject} ${finding.message}`} finding={finding} />
        ))}
      </Box>
    </Box>
  );
}
