import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import NewerIcon from 'lucide-react/icons/circle-arrow-up';
import { Bar } from './bar';
import { takeUpdate, useUpdateReady } from './update';

/** A newer version is there: it is loaded when somebody says so. */
export function UpdateBar() {
  const { t } = useTranslation('app');
  const ready = useUpdateReady();
  const [later, setLater] = useState(false);
  if (!ready || later) return null;
  return (
    <Bar
      icon={<NewerIcon size={16} aria-hidden />}
      tone="info.main"
      action={
        <>
          <Button size="small" variant="outlined" onClick={takeUpdate}>
            {t('update.load')}
          </Button>
          <Button
            size="small"
            onClick={() => {
              setLater(true);
            }}
          >
            {t('update.later')}
          </Button>
        </>
      }
    >
      <strong>{t('update.title')}</strong> {t('update.text')}
    </Bar>
  );
}
