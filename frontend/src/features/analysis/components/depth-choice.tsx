import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Depth } from '../data/request';

const DEPTHS: Depth[] = ['sample', 'full'];

/** A look at a sample, or at all rows. */
export function DepthChoice({ value, onChange }: { value: Depth; onChange: (depth: Depth) => void }) {
  const { t } = useTranslation('analysis');
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, mb: 4, display: 'grid', gap: 2 }}>
      <Box component="legend" sx={{ fontWeight: 550, mb: 1, p: 0 }}>
        {t('start.depth')}
      </Box>
      {DEPTHS.map((depth) => (
        <Box component="label" key={depth} sx={{ display: 'flex', gap: 2, alignItems: 'baseline' }}>
          <input
            type="radio"
            name="depth"
            checked={value === depth}
            onChange={() => {
              onChange(depth);
            }}
          />
          <span>
            <strong>{t(`depth.${depth}`)}</strong>{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t(`start.depthText.${depth}`)}
            </Box>
          </span>
        </Box>
      ))}
    </Box>
  );
}
