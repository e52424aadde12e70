import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import type { Found } from './read-file';

const linesOf = (text: string) => text.trimEnd().split('\n').length;

/** Before anything is made: the project, its plans, the connections that they will use. */
export function WhatItMakes({ found, name, connections }: { found: Found; name: string; connections: string[] }) {
  const { t } = useTranslation('projects');
  const format = useFormat();
  const plans = found.kind === 'document' ? (found.document.plans ?? []) : [found];
  return (
    <Box component="section" aria-labelledby="makes" sx={{ my: 4, p: 4, bgcolor: 'sunken', borderRadius: 1 }}>
      <Typography variant="h3" id="makes" sx={{ mb: 2 }}>
        {t('import.makes')}
      </Typography>
      <Box component="ul" sx={{ m: 0, paddingInlineStart: 5, overflowWrap: 'anywhere' }}>
        <li>{t('import.makesProject', { name: name || '–' })}</li>
        {plans.map((plan) => (
          <li key={plan.name}>
            {t('import.makesPlan', { name: plan.name, lines: format.number(linesOf(plan.text)) })}
          </li>
        ))}
        {plans.length === 0 && <li>{t('import.noPlan')}</li>}
        {[...new Set(connections)].map((connection) => (
          <li key={connection}>{t('import.uses', { name: connection })}</li>
        ))}
      </Box>
    </Box>
  );
}
