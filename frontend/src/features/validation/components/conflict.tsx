import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { TextDiff } from '@/components/text-diff';
import type { Schema } from '@/lib/api/client';
import type { Draft } from '../live/use-draft';

/** Somebody was faster: what differs, and whose words shall stay. */
export function Conflict({ draft, theirs }: { draft: Draft; theirs: Schema<'SuiteTextView'> }) {
  const { t } = useTranslation('validation');
  return (
    <Note tone="warning" urgent>
      <strong>{t('conflict.title')}</strong>
      <Box sx={{ mb: 3 }}>{t('conflict.text', { number: theirs.version })}</Box>
      <TextDiff label={t('conflict.diff')} from={theirs.text} to={draft.text} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mt: 3 }}>
        <Button variant="outlined" onClick={draft.takeTheirs}>
          {t('conflict.theirs')}
        </Button>
        <Button onClick={draft.keepMine}>{t('conflict.mine')}</Button>
      </Box>
    </Note>
  );
}
