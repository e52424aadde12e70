import Box from '@mui/material/Box';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileButton } from '@/components/file-button';
import { Note } from '@/components/note';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ImportForm } from '../import/import-form';
import { readFile, type Found } from '../import/read-file';

const LARGEST_BYTES = 4 << 20;

/** A project of an export, or of a plan file of the command line. */
export default function ImportProject() {
  const { t } = useTranslation('projects');
  const id = useId();
  const [file, setFile] = useState<{ name: string; found: Found }>();
  const [tooLarge, setTooLarge] = useState(false);
  const read = async (chosen: File | undefined) => {
    setFile(undefined);
    setTooLarge(chosen !== undefined && chosen.size > LARGEST_BYTES);
    if (chosen && chosen.size <= LARGEST_BYTES)
      setFile({ name: chosen.name, found: readFile(chosen.name, await chosen.text()) });
  };
  return (
    <Page title={t('import.title')} crumbs={[{ label: t('nav'), to: '/projects' }]}>
      <Panel>
        <Box sx={{ maxWidth: 640 }}>
          <Box id={`${id}-label`} sx={{ fontWeight: 550, mb: 2 }}>
            {t('import.file')}
          </Box>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, alignItems: 'center' }}>
            <FileButton
              accept=".json,.yaml,.yml"
              onFiles={(files) => void read(files?.[0])}
              labelledBy={`${id}-label`}
              describedBy={`${id}-hint`}
            />
            {file && <bdi>{file.name}</bdi>}
          </Box>
          <Box id={`${id}-hint`} sx={{ color: 'text.secondary', mt: 2, mb: 5 }}>
            {t('import.hint')}
          </Box>
          {tooLarge && (
            <Note tone="error" urgent>
              {t('import.tooLarge')}
            </Note>
          )}
          {file && <ImportForm key={file.name} found={file.found} />}
        </Box>
      </Panel>
    </Page>
  );
}
