import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import type { Sample } from '../plan/sample';

/** How many rows were looked at, and what became of them. */
export function SampleCounts({ sample, waiting }: { sample: Sample; waiting: boolean }) {
  const { t } = useTranslation('transformation');
  const format = useFormat();
  const { read, altered, rejected, filtered } = sample.counts;
  return (
    <Box
      role="status"
      aria-busy={waiting}
      sx={{ display: 'flex', gap: 3, flexWrap: 'wrap', opacity: waiting ? 0.6 : 1 }}
    >
      <span>{t('sample.read', { number: format.number(read) })}</span>
      <Box component="span" sx={{ color: altered > 0 ? 'altered.main' : 'text.secondary' }}>
        {t('sample.altered', { number: format.number(altered) })}
      </Box>
      <Box component="span" sx={{ color: rejected > 0 ? 'error.main' : 'text.secondary' }}>
        {t('sample.rejected', { number: format.number(rejected) })}
      </Box>
      {filtered > 0 && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {t('sample.filtered', { number: format.number(filtered) })}
        </Box>
      )}
    </Box>
  );
}
