import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/panel';
import type { Assessment } from '../data/assessment';

/** The assessment in plain words, and what to do next. */
export function Summary({ assessment: { summary, next_steps, notes } }: { assessment: Assessment }) {
  const { t } = useTranslation('analysis');
  return (
    <Panel title={t('summary.title')}>
      <Box dir="auto" sx={{ maxWidth: '80ch', '& p': { m: 0, mb: 2 } }}>
        {summary.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </Box>
      {next_steps.length > 0 && (
        <>
          <Typography variant="h3" sx={{ mt: 4, mb: 2 }}>
            {t('summary.next')}
          </Typography>
          <Box
            component="ol"
            dir="auto"
            sx={{ m: 0, paddingInlineStart: 6, display: 'grid', gap: 1, maxWidth: '80ch' }}
          >
            {next_steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </Box>
        </>
      )}
      {notes.length > 0 && (
        <Box dir="auto" sx={{ mt: 4, color: 'text.secondary', fontSize: '0.9286rem', maxWidth: '80ch' }}>
          {notes.map((note) => (
            <div key={note}>{note}</div>
          ))}
        </Box>
      )}
    </Panel>
  );
}
