import Box from '@mui/material/Box';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

/** The browser's own button speaks the browser's language, this one the app's. */
const button = {
  position: 'relative',
  display: 'inline-flex',
  alignItems: 'center',
  minHeight: 36,
  px: 4,
  border: '1px solid',
  borderColor: 'primary.main',
  borderRadius: 1,
  color: 'primary.main',
  fontWeight: 600,
  overflow: 'hidden',
  '&:hover': { bgcolor: 'action.hover' },
  '&:focus-within': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: 2 },
};

interface Props {
  accept: string;
  onFiles: (files: FileList | null) => void;
  /** Ids of what names and what explains it. */
  labelledBy: string;
  describedBy: string;
}

/** Chooses a file of this machine. */
export function FileButton({ accept, onFiles, labelledBy, describedBy }: Props) {
  const { t } = useTranslation('common');
  const id = useId();
  return (
    <Box component="label" id={id} sx={button}>
      {t('form.chooseFile')}
      <Box
        component="input"
        type="file"
        accept={accept}
        aria-labelledby={`${labelledBy} ${id}`}
        aria-describedby={describedBy}
        onChange={({ target }: { target: HTMLInputElement }) => {
          onFiles(target.files);
        }}
        sx={{ position: 'absolute', inset: 0, opacity: 0, cursor: 'pointer', width: '100%' }}
      />
    </Box>
  );
}
