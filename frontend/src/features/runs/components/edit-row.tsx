import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { $api, type Schema } from '@/lib/api/client';

type Row = Schema<'QuarantinedRowView'>;
type Values = Record<string, string | null>;

/** Values as they are shown: text as it is, others as JSON. */
export function valuesOf(row: unknown): Values {
  if (typeof row !== 'object' || row === null) return {};
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null || typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

interface Props {
  runId: string;
  row: Row;
  readOnly: boolean;
  onClose: () => void;
}

function Form({ runId, row, readOnly, onClose }: Props) {
  const { t } = useTranslation('runs');
  const queries = useQueryClient();
  const original = valuesOf(row.original);
  const before = { ...original, ...valuesOf(row.edited) };
  const [values, setValues] = useState(before);
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/runs/{run_id}/quarantine/{row_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/runs/{run_id}/quarantine'] });
    },
  });
  const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== before[name]));
  const save = () => {
    mutate({ params: { path: { run_id: runId, row_id: String(row.row_id) } }, body: { values: changed } });
  };
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {Object.entries(values).map(([name, value]) => (
        <Field
          key={name}
          label={name}
          value={value ?? ''}
          placeholder={value === null ? 'NULL' : ''}
          readOnly={readOnly}
          hint={value === original[name] ? undefined : t('quarantine.was', { value: original[name] ?? 'NULL' })}
          onChange={(text) => {
            setValues({ ...values, [name]: text });
          }}
          inputProps={{ dir: 'auto', spellCheck: false }}
        />
      ))}
      <ErrorNote error={error} />
      <Box sx={{ display: 'flex', gap: 2 }}>
        {!readOnly && (
          <Button type="submit" variant="contained" loading={isPending} disabled={Object.keys(changed).length === 0}>
            {t('quarantine.save')}
          </Button>
        )}
        <Button onClick={onClose}>{t('close')}</Button>
      </Box>
    </Box>
  );
}

/** One refused row, at the side: its values can be corrected. */
export function EditRow(props: Props) {
  const { t } = useTranslation('runs');
  const { row, onClose } = props;
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-label': t('quarantine.row', { table: row.table }),
          sx: { width: 460, maxWidth: '100%', p: 5 },
        },
      }}
    >
      <Typography variant="h2" sx={{ mb: 1 }}>
        {t('quarantine.row', { table: row.table })}
      </Typography>
      <Typography dir="auto" color="textSecondary" sx={{ mb: 4 }}>
        {row.reason} <code>{row.code}</code>
      </Typography>
      <Form {...props} />
    </Drawer>
  );
}
