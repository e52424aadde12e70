import Box from '@mui/material/Box';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileButton } from '@/components/file-button';

const MOST_BYTES = 1 << 20;

interface Props {
  text: string;
  onChosen: (text: string, name: string) => void;
}

/** A plan file of this machine. */
export function FileChoice({ text, onChosen }: Props) {
  const { t } = useTranslation('transformation');
  const id = useId();
  const [large, setLarge] = useState(false);
  return (
    <Box sx={{ mb: 4 }}>
      <Box id={`${id}-label`} sx={{ fontWeight: 550, mb: 2 }}>
        {t('new.choice')}
      </Box>
      <FileButton
        accept=".yaml,.yml,.json,application/yaml,application/json"
        labelledBy={`${id}-label`}
        describedBy={`${id}-help`}
        onFiles={(files) => {
          const file = files?.[0];
          if (!file) return;
          setLarge(file.size > MOST_BYTES);
          if (file.size <= MOST_BYTES)
            void file.text().then((read) => {
              onChosen(read, file.name);
            });
        }}
      />
      <Box
        id={`${id}-help`}
        sx={{ color: large ? 'error.main' : 'text.secondary', mt: 1 }}
        role={large ? 'alert' : undefined}
      >
        {large ? t('new.tooLarge') : t('new.choiceHint')}
      </Box>
      {text && (
        <Box
          component="pre"
          tabIndex={0}
          role="group"
          aria-label={t('new.choice')}
          dir="ltr"
          sx={{ maxHeight: 240, overflow: 'auto', bgcolor: 'sunken', p: 2, borderRadius: 1 }}
        >
          {text}
        </Box>
      )}
    </Box>
  );
}
