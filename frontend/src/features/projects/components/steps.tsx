import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';

const STEPS = ['draft', 'analysing', 'mapping', 'rehearsing', 'ready', 'migrating', 'done'] as const;

/** Where the project stands on its way. */
export function Steps({ project }: { project: Schema<'ProjectView'> }) {
  const { t } = useTranslation('projects');
  const at = STEPS.findIndex((step) => step === project.state);
  return (
    <Box
      component="ol"
      aria-label={t('steps')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, listStyle: 'none', m: 0, p: 0 }}
    >
      {STEPS.map((step, index) => (
        <Box
          component="li"
          key={step}
          aria-current={index === at ? 'step' : undefined}
          sx={{
            flex: '1 1 96px',
            borderBlockStart: '3px solid',
            borderColor: index <= at ? 'primary.main' : 'divider',
            color: index === at ? 'text.primary' : 'text.secondary',
            fontWeight: index === at ? 600 : 400,
            pt: 1,
          }}
        >
          {t(`states.${step}`)}
        </Box>
      ))}
    </Box>
  );
}
