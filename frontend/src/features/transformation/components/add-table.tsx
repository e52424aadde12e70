import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import PlusIcon from 'lucide-react/icons/plus';
import { Field } from '@/components/field';
import { useKnownTables } from '../api/known';
import { usePlanEditor } from '../plan/editor-context';
import { freshTarget, idWith } from '../plan/parts';
import { useAddress } from './use-address';

/** A table of the source that goes its own way from now on; one that is there already goes into one more target. */
export function AddTable() {
  const { t } = useTranslation('transformation');
  const { plan, reading, locked, add } = usePlanEditor();
  const { go } = useAddress();
  const { data } = useKnownTables(plan.plan_id);
  const [name, setName] = useState<string>();
  const [target, setTarget] = useState('');
  const list = useId();
  const { tables } = reading.model;
  const there = new Set(tables.map(({ source }) => source));
  const again = there.has(name?.trim() ?? '');
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
        const into = again ? target.trim() || freshTarget(tables, source) : '';
        setName(undefined);
        setTarget('');
        if (!source) return;
        add(['mappings'], again ? { source, target: into } : { source }, false);
        go({ table: idWith(tables, tables.length, into || source), part: '', column: '' });
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
      {again && (
        <Field
          label={t('table.target')}
          hint={t('tables.again', { source: name.trim() })}
          value={target}
          onChange={setTarget}
          placeholder={freshTarget(tables, name.trim())}
          inputProps={{ dir: 'ltr', spellCheck: false }}
          sx={{ mb: 2 }}
        />
      )}
      <Button type="submit" size="small" variant="contained">
        {t('tables.add')}
      </Button>
    </Box>
  );
}
