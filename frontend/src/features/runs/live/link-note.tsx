import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { useLinkState } from '@/lib/realtime/use-topic';

const PATIENCE_MS = 2000;

/** Says when the connection is lost: what stands here is then of the past. */
export function LinkNote() {
  const { t } = useTranslation('runs');
  const open = useLinkState() === 'open';
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setLost(!open);
      },
      open ? 0 : PATIENCE_MS,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [open]);
  if (!lost) return null;
  return (
    <Note tone="warning" urgent>
      {t('linkLost')}
    </Note>
  );
}
