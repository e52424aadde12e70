import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { useDeferredValue, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { paletteShown, useStoreDispatch, useStoreSelector } from '@/lib/store/store';
import { useFixedEntries, useFoundEntries, type Entry } from './palette-entries';

const fits = (label: string, text: string) =>
  text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => label.toLocaleLowerCase().includes(word));

const idOf = (entry: Entry) => `palette-${entry.id}`;

function Option({ entry, chosen, onChoose }: { entry: Entry; chosen: boolean; onChoose: () => void }) {
  return (
    <Box
      role="option"
      id={idOf(entry)}
      aria-selected={chosen}
      onClick={onChoose}
      sx={{
        display: 'flex',
        gap: 2,
        px: 4,
        minHeight: 36,
        alignItems: 'center',
        cursor: 'pointer',
        bgcolor: chosen ? 'action.selected' : undefined,
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      <Box sx={{ flex: 1 }} dir="auto">
        {entry.label}
      </Box>
      <Box sx={{ color: 'text.secondary' }}>{entry.group}</Box>
      {entry.keys && <kbd>{entry.keys}</kbd>}
    </Box>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const fixed = useFixedEntries().filter(({ label }) => fits(label, text));
  const entries = [...fixed, ...useFoundEntries(useDeferredValue(text.trim()))];
  const index = Math.min(at, entries.length - 1);
  const current = entries[index];
  const choose = (entry: Entry) => {
    onClose();
    void navigate(entry.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((index + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter' && current) {
      event.preventDefault();
      choose(current);
    }
  };
  return (
    <>
      <InputBase
        autoFocus
        fullWidth
        placeholder={t('palette.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        inputProps={{
          role: 'combobox',
          'aria-label': t('palette.open'),
          'aria-expanded': true,
          'aria-controls': 'palette-list',
          'aria-activedescendant': current && idOf(current),
        }}
        sx={{ px: 4, py: 2, borderBlockEnd: '1px solid', borderColor: 'divider' }}
      />
      <Box
        role="listbox"
        id="palette-list"
        aria-label={t('palette.results')}
        sx={{ maxHeight: '50vh', overflowY: 'auto', py: 2 }}
      >
        {entries.map((entry) => (
          <Option
            key={entry.id}
            entry={entry}
            chosen={entry === current}
            onChoose={() => {
              choose(entry);
            }}
          />
        ))}
      </Box>
      {entries.length === 0 && (
        <Box role="status" sx={{ p: 4, color: 'text.secondary' }}>
          {t('palette.nothing')}
        </Box>
      )}
    </>
  );
}

/** Ctrl K: every page, action, project and connection by its name. */
export function Palette() {
  const { t } = useTranslation('app');
  const dispatch = useStoreDispatch();
  const open = useStoreSelector((state) => state.shell.palette);
  const close = () => dispatch(paletteShown(false));
  return (
    <Dialog
      open={open}
      onClose={close}
      fullWidth
      maxWidth="sm"
      aria-label={t('palette.open')}
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
    >
      <Search onClose={close} />
    </Dialog>
  );
}
