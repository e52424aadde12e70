import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import PlusIcon from 'lucide-react/icons/plus';
import { Field } from '@/components/field';
import { useKnownTables } from '../api/known';
import { usePlanEditor } from '../plan/editor-context';
import { useAddress } from './use-address';

/** A table of the source that goes its own way from now on. */
export function AddTable() {
  const { t } = useTranslation('transformation');
  const { plan, reading, locked, add } = usePlanEditor();
  const { go } = useAddress();
  const { data } = useKnownTables(plan.plan_id);
  const [name, setName] = useState<string>();
  const list = useId();
  const there = new Set(reading.model.tables.map(({ source }) => source));
  const others = (data?.items ?? [])
    .map(({ source_table }) => source_table)
    .filter((source) => source && !there.has(source));
  if (locked) return null;
  if (name === undefined) {
    return (
      <Button
        size="small"
        startIcon={<PlusIcon size={14} aria-hidden />}
        onClick={() => {
          setName('');
        }}
        sx={{ mb: 4 }}
      >
        {t('tables.add')}
      </Button>
    );
  }
  return (
    <Box
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        const source = name.trim();
        setName(undefined);
        if (!source) return;
        if (!there.has(source)) add(['mappings'], { source }, false);
        go({ table: source, part: '', column: '' });
      }}
      onKeyDown={(event: React.KeyboardEvent) => {
        if (event.key === 'Escape') setName(undefined);
      }}
      sx={{ mb: 4, px: 2 }}
    >
      <Field
        autoFocus
        label={t('tables.source')}
        value={name}
        onChange={setName}
        inputProps={{ list, dir: 'ltr', spellCheck: false }}
        sx={{ mb: 2 }}
      />
      <datalist id={list}>
        {others.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Button type="submit" size="small" variant="contained">
        {t('tables.add')}
      </Button>
    </Box>
  );
}
