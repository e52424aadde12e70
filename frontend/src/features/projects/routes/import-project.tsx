import Box from '@mui/material/Box';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
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
          <Box component="label" htmlFor={id} sx={{ display: 'block', fontWeight: 550, mb: 1 }}>
            {t('import.file')}
          </Box>
          <Box
            component="input"
            type="file"
            id={id}
            accept=".json,.yaml,.yml"
            aria-describedby={`${id}-hint`}
            onChange={({ target }: { target: HTMLInputElement }) => void read(target.files?.[0])}
            sx={{ font: 'inherit', maxWidth: '100%' }}
          />
          <Box id={`${id}-hint`} sx={{ color: 'text.secondary', mt: 1, mb: 5 }}>
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
