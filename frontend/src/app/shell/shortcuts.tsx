import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Facts } from '@/components/facts';
import { useListedKeys } from '@/lib/keys/page-keys';
import { paletteShown, useStoreDispatch } from '@/lib/store/store';
import { useFixedEntries } from './palette-entries';

/** Slow hands reach the second letter too. */
const CHORD_MS = 5000;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys for everywhere: Ctrl K, `g` and a letter, and `?`, which lists them. */
export function Shortcuts() {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const dispatch = useStoreDispatch();
  const ofPage = useListedKeys();
  const entries = useFixedEntries().filter(({ keys }) => keys);
  const [help, setHelp] = useState(false);
  const goUntil = useRef(0);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      dispatch(paletteShown(true));
      return;
    }
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isTyping(event.target) ||
      document.querySelector('[role=dialog]')
    )
      return;
    const entry = event.timeStamp < goUntil.current ? entries.find(({ keys }) => keys === `g ${event.key}`) : undefined;
    goUntil.current = event.key === 'g' ? event.timeStamp + CHORD_MS : 0;
    if (entry) void navigate(entry.to);
    if (event.key === '?') setHelp(true);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKey(event);
    };
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', listener);
    };
  }, []);
  const close = () => {
    setHelp(false);
  };
  return (
    <Dialog open={help} onClose={close} aria-labelledby="shortcuts-title" fullWidth maxWidth="xs">
      <DialogTitle id="shortcuts-title">{t('shortcuts.title')}</DialogTitle>
      <DialogContent>
        <Facts
          items={[
            ...ofPage.map(({ key, shown = key, label }): [string, string] => [shown, label]),
            ['Ctrl K', t('palette.open')],
            ...entries.map(({ keys, label }): [string, string] => [keys ?? '', label]),
            ['?', t('shortcuts.title')],
          ]}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('shortcuts.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
