import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import type { Assessment, Verdict as Word } from '../data/assessment';
import { useTo } from '../data/use-to';

const LOOKS: Record<Word, Look> = { ready: 'good', ready_with_conditions: 'warning', not_ready: 'bad' };

/** Whether the migration can go ahead, and what decides that. */
export function Verdict({ assessment: { verdict, headline, reasons } }: { assessment: Assessment }) {
  const { t } = useTranslation('analysis');
  const to = useTo();
  return (
    <Panel title={t('verdict.title')}>
      <Box sx={{ fontSize: '1.1429rem', fontWeight: 600 }}>
        <Status look={LOOKS[verdict]}>{t(`verdict.${verdict}`)}</Status>
      </Box>
      <Box dir="auto" sx={{ mt: 1 }}>
        {headline}
      </Box>
      {reasons.length > 0 && (
        <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, mt: 4 }}>
          {reasons.map(({ blocks, text, action, risk }) => (
            <Box
              component="li"
              key={text}
              sx={{
                display: 'grid',
                columnGap: 4,
                gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '130px minmax(0, 1fr)' },
                py: 2,
                borderBlockStart: '1px solid',
                borderColor: 'divider',
              }}
            >
              <Status look={blocks ? 'bad' : 'warning'}>{blocks ? t('verdict.blocks') : t('verdict.condition')}</Status>
              <Box dir="auto" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                {risk ? <Link to={to('risks', { risk })}>{text}</Link> : text}
                <Box sx={{ color: 'text.secondary' }}>{action}</Box>
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Panel>
  );
}
