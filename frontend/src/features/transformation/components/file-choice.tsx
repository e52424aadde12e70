import Box from '@mui/material/Box';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

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
      <Box component="label" htmlFor={id} sx={{ fontWeight: 550, display: 'block', mb: 1 }}>
        {t('new.choice')}
      </Box>
      <input
        id={id}
        type="file"
        accept=".yaml,.yml,.json,application/yaml,application/json"
        aria-describedby={`${id}-help`}
        onChange={({ target }) => {
          const file = target.files?.[0];
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
