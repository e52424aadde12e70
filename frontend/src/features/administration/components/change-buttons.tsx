import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogButton } from '@/components/dialog-button';

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
  return (
    <>
      <DialogButton variant="outlined" dialog={changing}>
        {change}
      </DialogButton>
      <DialogButton color="error" variant="outlined" dialog={removing}>
        {t('remove')}
      </DialogButton>
    </>
  );
}
