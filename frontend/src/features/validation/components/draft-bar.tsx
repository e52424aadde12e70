import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Status } from '@/components/status';
import type { Draft } from '../live/use-draft';

/** Says what is not saved, saves it or drops it. */
export function DraftBar({ draft, blocked }: { draft: Draft; blocked: boolean }) {
  const { t } = useTranslation('validation');
  return (
    <Box role="status" sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', flex: '1 1 auto' }}>
      {draft.dirty && (
        <>
          <Box sx={{ flex: '1 1 auto' }}>
            <Status look="waiting">{t('draft.unsaved')}</Status>
          </Box>
          <Button onClick={draft.discard}>{t('draft.discard')}</Button>
          <Button
            variant="contained"
            loading={draft.saving}
            disabled={blocked || draft.theirs !== undefined}
            onClick={draft.save}
          >
            {t('draft.save')}
          </Button>
        </>
      )}
    </Box>
  );
}
