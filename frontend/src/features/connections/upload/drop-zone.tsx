import Box from '@mui/material/Box';
import { useId, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import UploadIcon from 'lucide-react/icons/file-up';
import { FileButton } from '@/components/file-button';

const ENDINGS = '.csv,.tsv,.txt,.jsonl,.ndjson,.parquet,.sqlite,.sqlite3,.db,.db3';

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
        <FileButton accept={ENDINGS} onFiles={take} labelledBy={`${id}-title`} describedBy={`${id}-hint`} />
        {several && (
          <Box role="alert" sx={{ color: 'error.main', mt: 2 }}>
            {t('upload.one')}
          </Box>
        )}
      </Box>
    </Box>
  );
}
