import Chip from '@mui/material/Chip';
import { useTranslation } from 'react-i18next';

/** A connection that people depend on. */
export function ProductionMark() {
  const { t } = useTranslation('common');
  return <Chip size="small" variant="outlined" color="warning" label={t('production')} />;
}
