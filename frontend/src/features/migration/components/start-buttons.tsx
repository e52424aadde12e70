import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useFilters } from '@/components/filter';
import { useMay } from '@/lib/api/me';

/** Opens, at the side, what one of the three will do. */
export function StartButtons() {
  const { t } = useTranslation('migration');
  const { set } = useFilters(['start', 'comments']);
  const may = useMay();
  if (!may('runs.start')) return null;
  return (['rehearse', 'run', 'verify'] as const).map((kind) => (
    <Button
      key={kind}
      variant={kind === 'rehearse' ? 'contained' : 'outlined'}
      onClick={() => {
        set({ start: kind, comments: '' });
      }}
    >
      {t(`start.action.${kind}`)}
    </Button>
  ));
}
