import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { Part } from './part';

const cell = { px: 0, py: 1, textAlign: 'start', fontWeight: 400 };

/** Below which value which share of the values lies, with the error of that. */
export function Quantiles({ profile: { quantiles, quantile_error } }: { profile: Schema<'ColumnProfile'> }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  return (
    <Part title={t('quantiles.title')}>
      <Box component="table" sx={{ borderCollapse: 'collapse', width: '100%' }}>
        <tbody>
          {quantiles.map(({ at, value }) => (
            <Box component="tr" key={at} sx={{ borderBlockEnd: '1px solid', borderColor: 'divider' }}>
              <Box component="th" scope="row" sx={{ ...cell, color: 'text.secondary' }}>
                {at === 0.5 ? t('quantiles.median') : t('quantiles.below', { share: format.percent(at) })}
              </Box>
              <Box component="td" sx={{ ...cell, textAlign: 'end' }}>
                <code>{value}</code>
              </Box>
            </Box>
          ))}
        </tbody>
      </Box>
      <Box sx={{ color: 'text.secondary', mt: 2, fontSize: '0.9286rem' }}>
        {quantile_error > 0 ? t('quantiles.error', { error: format.percent(quantile_error, 2) }) : t('quantiles.exact')}
      </Box>
    </Part>
  );
}
