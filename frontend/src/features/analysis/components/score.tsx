import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { goodShare } from '../data/good-share';

const toneOf = (value: number) => {
  if (value >= 0.98) return 'success.main';
  return value >= 0.9 ? 'warning.main' : 'error.main';
};

/** A share of good values: a figure with a bar, so that it is told by more than its colour. */
export function Score({ value }: { value: number | null | undefined }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  if (value === undefined || value === null) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }} title={t('quality.notExamined')}>
        –
      </Box>
    );
  }
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 2, whiteSpace: 'nowrap' }}>
      <Box
        component="span"
        aria-hidden
        sx={{ display: 'block', width: 40, height: 6, borderRadius: 3, bgcolor: 'action.selected', overflow: 'hidden' }}
      >
        <Box
          component="span"
          sx={{ display: 'block', height: '100%', bgcolor: toneOf(value) }}
          style={{ inlineSize: `${String(value * 100)}%` }}
        />
      </Box>
      <Box component="span" sx={{ minWidth: '6ch', textAlign: 'end' }}>
        {goodShare(format, value)}
      </Box>
    </Box>
  );
}
