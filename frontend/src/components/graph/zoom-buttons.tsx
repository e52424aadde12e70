import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useTranslation } from 'react-i18next';
import FitIcon from 'lucide-react/icons/maximize';
import FartherIcon from 'lucide-react/icons/zoom-out';
import CloserIcon from 'lucide-react/icons/zoom-in';

interface Props {
  closer: () => void;
  farther: () => void;
  fit: () => void;
}

export function ZoomButtons({ closer, farther, fit }: Props) {
  const { t } = useTranslation('common');
  const buttons = [
    { name: t('graph.closer'), Icon: CloserIcon, act: closer },
    { name: t('graph.farther'), Icon: FartherIcon, act: farther },
    { name: t('graph.fit'), Icon: FitIcon, act: fit },
  ];
  return (
    <Box sx={{ display: 'flex', justifyContent: 'flex-end', px: 2, py: 1, borderBlockEnd: 1, borderColor: 'divider' }}>
      {buttons.map(({ name, Icon, act }) => (
        <IconButton key={name} size="small" aria-label={name} title={name} onClick={act}>
          <Icon size={16} />
        </IconButton>
      ))}
    </Box>
  );
}
