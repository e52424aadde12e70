import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';

interface Props {
  version: Schema<'PlanVersionView'>;
  from: number;
  to: number;
  mayRestore: boolean;
  onChoose: (side: 'from' | 'to') => void;
  onRestore: () => void;
}

/** Compares a version with another, or goes back to it. */
export function VersionButtons({ version, from, to, mayRestore, onChoose, onRestore }: Props) {
  const { t } = useTranslation('transformation');
  const { number } = version;
  const sides = [
    { side: 'from', chosen: number === from, label: t('versions.from'), name: t('versions.fromName', { number }) },
    { side: 'to', chosen: number === to, label: t('versions.to'), name: t('versions.toName', { number }) },
  ] as const;
  return (
    <Box sx={{ display: 'inline-flex', gap: 1, flexWrap: 'wrap', justifyContent: 'flex-end', py: 0.5 }}>
      {sides.map(({ side, chosen, label, name }) => (
        <Button
          key={side}
          size="small"
          aria-pressed={chosen}
          aria-label={name}
          variant={chosen ? 'contained' : 'outlined'}
          onClick={() => {
            onChoose(side);
          }}
        >
          {label}
        </Button>
      ))}
      {mayRestore && (
        <Button size="small" aria-label={t('versions.restoreName', { number })} onClick={onRestore}>
          {t('versions.restore')}
        </Button>
      )}
    </Box>
  );
}
