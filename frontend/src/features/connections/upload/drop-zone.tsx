import Box from '@mui/material/Box';
import { useId, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import UploadIcon from 'lucide-react/icons/file-up';

const ENDINGS = '.csv,.tsv,.txt,.jsonl,.ndjson,.parquet,.sqlite,.sqlite3,.db,.db3';

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

/** A place for a file: dropped onto, or chosen by hand or keyboard. */
export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('connections');
  const id = useId();
  const [over, setOver] = useState(false);
  const [several, setSeveral] = useState(false);
  const take = (files: FileList | null) => {
    setSeveral((files?.length ?? 0) > 1);
    const [file] = files ?? [];
    if (file && files?.length === 1) onFile(file);
  };
  const hover = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <Box
      onDragOver={hover(true)}
      onDragLeave={hover(false)}
      onDrop={(event: DragEvent) => {
        hover(false)(event);
        take(event.dataTransfer.files);
      }}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 3,
        p: 4,
        border: '1px dashed',
        borderColor: over ? 'primary.main' : 'text.secondary',
        bgcolor: over ? 'action.selected' : undefined,
        borderRadius: 1,
      }}
    >
      <Box aria-hidden sx={{ color: 'text.secondary', flex: 'none', display: 'flex' }}>
        <UploadIcon size={20} />
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box id={`${id}-title`} sx={{ fontWeight: 550, mb: 1 }}>
          {t('upload.drop')}
        </Box>
        <Box id={`${id}-hint`} sx={{ color: 'text.secondary', fontSize: '0.9286rem', mb: 3 }}>
          {t('upload.kinds')}
        </Box>
        <Box component="label" id={`${id}-label`} sx={button}>
          {t('upload.choose')}
          <Box
            component="input"
            type="file"
            accept={ENDINGS}
            aria-labelledby={`${id}-title ${id}-label`}
            aria-describedby={`${id}-hint`}
            onChange={({ target }: { target: HTMLInputElement }) => {
              take(target.files);
            }}
            sx={{ position: 'absolute', inset: 0, opacity: 0, cursor: 'pointer', width: '100%' }}
          />
        </Box>
        {several && (
          <Box role="alert" sx={{ color: 'error.main', mt: 2 }}>
            {t('upload.one')}
          </Box>
        )}
      </Box>
    </Box>
  );
}
