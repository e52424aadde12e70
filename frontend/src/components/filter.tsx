import Box from '@mui/material/Box';
import InputBase from '@mui/material/InputBase';
import { useEffect, useEffectEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import SearchIcon from 'lucide-react/icons/search';
import { SelectField } from './select-field';

/** Filters that stand in the address: back works, links can be sent. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? undefined])) as Partial<
    Record<Name, string>
  >;
  const set = (changes: Partial<Record<Name, string>>) => {
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes) as [Name, string][]) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true },
    );
  };
  return { values, set };
}

interface Choice {
  name: string;
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}

interface Props {
  search?: { label: string; value: string | undefined; onChange: (value: string) => void };
  choices?: readonly Choice[];
}

const PAUSE_MS = 200;

function Search({ label, value = '', onChange }: NonNullable<Props['search']>) {
  const [text, setText] = useState(value);
  const tell = useEffectEvent((said: string) => {
    if (said !== value) onChange(said);
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      tell(text);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return (
    <InputBase
      type="search"
      placeholder={label}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
      }}
      startAdornment={<SearchIcon size={15} aria-hidden style={{ marginInlineEnd: 8, flex: 'none' }} />}
      inputProps={{ 'aria-label': label }}
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        px: 3,
        minHeight: 36,
        flex: '1 1 200px',
        maxWidth: 320,
      }}
    />
  );
}

/** What narrows a list down. */
export function Filter({ search, choices = [] }: Props) {
  return (
    <Box role="search" sx={{ display: 'flex', gap: 4, flexWrap: 'wrap', mb: 4 }}>
      {search && <Search {...search} />}
      {choices.map(({ name, label, value, onChange, options }) => (
        <SelectField key={name} inline label={label} value={value ?? ''} onChange={onChange} options={options} />
      ))}
    </Box>
  );
}
