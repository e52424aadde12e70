import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '@/components/side-panel';
import { Status } from '@/components/status';
import type { ConversionItem } from '../data/assessment';
import { SourceText } from './source-text';

/** Why something does not go by itself, with its text at the source. */
export function ItemPanel({ item, onClose }: { item: ConversionItem; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  return (
    <SidePanel
      title={<code>{item.name || item.kind}</code>}
      lead={<Status look={item.status === 'manual' ? 'warning' : 'info'}>{t(`conversion.${item.status}`)}</Status>}
      onClose={onClose}
    >
      <Box dir="auto" sx={{ mb: 4 }}>
        {item.why}
      </Box>
      {item.source && <SourceText label={t('object.text')} text={item.source} />}
    </SidePanel>
  );
}
