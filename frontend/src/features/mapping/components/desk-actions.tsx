import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import PlanIcon from 'lucide-react/icons/file-text';
import UndoIcon from 'lucide-react/icons/undo-2';
import { useOnline } from '@/lib/offline/use-online';
import type { DialogName } from '../data/use-desk';
import { acceptable } from '../model/filters';
import type { Shown } from '../model/suggestion';
import { shareOf } from './accept-dialog';

interface Props {
  all: readonly Shown[];
  /** From which confidence on all are accepted, in percent. */
  from: string;
  /** All is loaded. */
  ready: boolean;
  undoable: boolean;
  onUndo: () => void;
  onOpen: (dialog: DialogName) => void;
}

/** What is done with many at once: accept, take back, make a plan. */
export function DeskActions({ all, from, ready, undoable, onUndo, onOpen }: Props) {
  const { t } = useTranslation('mapping');
  const online = useOnline();
  const sure = acceptable(all, shareOf(from) ?? 1).length;
  return (
    <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', mb: 3 }}>
      <Button
        variant="outlined"
        disabled={!ready || !online}
        onClick={() => {
          onOpen('accept');
        }}
      >
        {t('acceptFrom', { percent: from, count: sure })}
      </Button>
      <Button startIcon={<UndoIcon size={15} />} disabled={!undoable} onClick={onUndo}>
        {t('undo')}
      </Button>
      <Button
        variant="contained"
        startIcon={<PlanIcon size={15} />}
        disabled={!ready || !online}
        onClick={() => {
          onOpen('plan');
        }}
      >
        {t('makePlan')}
      </Button>
    </Box>
  );
}
