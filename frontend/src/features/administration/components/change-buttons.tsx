import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What changes it, in a word. */
  change: string;
  /** The dialogs of both. */
  changing: (close: () => void) => ReactNode;
  removing: (close: () => void) => ReactNode;
}

/** Changes or removes what a page is about, each in a dialog. */
export function ChangeButtons({ change, changing, removing }: Props) {
  const { t } = useTranslation('administration');
  const [open, setOpen] = useState<'change' | 'remove'>();
  const close = () => {
    setOpen(undefined);
  };
  return (
    <>
      <Button
        variant="outlined"
        onClick={() => {
          setOpen('change');
        }}
      >
        {change}
      </Button>
      <Button
        color="error"
        variant="outlined"
        onClick={() => {
          setOpen('remove');
        }}
      >
        {t('remove')}
      </Button>
      {open === 'change' && changing(close)}
      {open === 'remove' && removing(close)}
    </>
  );
}
