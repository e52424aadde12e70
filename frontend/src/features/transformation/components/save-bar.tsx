import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputBase from '@mui/material/InputBase';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { diffLines } from '@/lib/text/line-diff';
import type { Base } from '../plan/draft';
import { usePlanEditor } from '../plan/editor-context';
import type { useSaving } from './use-saving';

interface Props {
  text: string;
  base: Base;
  saving: ReturnType<typeof useSaving>;
  /** Somebody saved another version meanwhile. */
  behind: boolean;
  onMerge: () => void;
  onDiscard: () => void;
}

const bar = {
  position: 'sticky',
  insetBlockEnd: { xs: 56, sm: 0 },
  zIndex: 5,
  bgcolor: 'background.paper',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  px: 4,
  py: 2,
};

/** What is not saved yet, and what to do with it. */
export function SaveBar({ text, base, saving, behind, onMerge, onDiscard }: Props) {
  const { t } = useTranslation('transformation');
  const { faults } = usePlanEditor();
  const [message, setMessage] = useState('');
  const changed = useMemo(
    () => diffLines(base.text, text).reduce((count, { kind }) => count + (kind === 'same' ? 0 : 1), 0),
    [base.text, text],
  );
  return (
    <Box component="section" aria-label={t('save.title')} sx={bar}>
      <Box
        component="form"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          if (behind) onMerge();
          else saving.save(text, base.version, message);
        }}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, alignItems: 'center' }}
      >
        <Box role="status" sx={{ color: 'warning.main', fontWeight: 550 }}>
          {t('save.unsaved', { count: changed })}
        </Box>
        <InputBase
          value={message}
          placeholder={t('save.message')}
          onChange={({ target }) => {
            setMessage(target.value);
          }}
          inputProps={{ 'aria-label': t('save.message'), maxLength: 500 }}
          sx={{ flex: '1 1 200px', border: 1, borderColor: 'divider', borderRadius: 1, px: 3, minHeight: 34 }}
        />
        <Button onClick={onDiscard}>{t('save.discard')}</Button>
        <Button type="submit" variant="contained" loading={saving.busy} disabled={faults.length > 0 && !behind}>
          {behind ? t('merge.action') : t('save.action')}
        </Button>
      </Box>
      {faults.length > 0 && <Box sx={{ color: 'error.main', mt: 1 }}>{t('save.faulty')}</Box>}
      <ErrorNote error={saving.error} />
    </Box>
  );
}
