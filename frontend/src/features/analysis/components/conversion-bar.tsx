import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';

const WAYS = [
  ['automatic', 'success.main'],
  ['adapted', 'altered.main'],
  ['manual', 'warning.main'],
] as const;

export type Ways = Record<(typeof WAYS)[number][0], number>;

/** How much goes by itself, with a change, and by hand: one bar, read out in words. */
export function ConversionBar(ways: Ways) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const all = ways.automatic + ways.adapted + ways.manual;
  const label = t('conversion.bar', {
    automatic: format.number(ways.automatic),
    adapted: format.number(ways.adapted),
    manual: format.number(ways.manual),
  });
  return (
    <Box
      role="img"
      aria-label={label}
      title={label}
      sx={{
        display: 'flex',
        height: 8,
        minWidth: 80,
        borderRadius: 0.5,
        overflow: 'hidden',
        bgcolor: 'action.selected',
        gap: '1px',
      }}
    >
      {WAYS.filter(([way]) => ways[way] > 0).map(([way, color]) => (
        <Box key={way} sx={{ bgcolor: color }} style={{ inlineSize: `${String((ways[way] / all) * 100)}%` }} />
      ))}
    </Box>
  );
}
