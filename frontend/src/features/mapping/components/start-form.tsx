import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, once, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

const EMPTY = { source: '', target: '', name: '', sourceTables: '', targetTables: '', rows: '1000' };
type Values = typeof EMPTY;
const ROWS = [0, 200, 1000, 10_000];
const MATCHINGS = '/api/v1/projects/{project_id}/matchings';

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function bodyOf({ source, target, name, sourceTables, targetTables, rows }: Values): Schema<'StartMatching'> {
  const [from, to] = [linesOf(sourceTables), linesOf(targetTables)];
  return {
    source_connection_id: source,
    target_connection_id: target,
    rows: Number(rows),
    ...(name.trim() && { name: name.trim() }),
    ...(from.length > 0 && { source_tables: from }),
    ...(to.length > 0 && { target_tables: to }),
  };
}

function useStart(projectId: string) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return $api.useMutation('post', MATCHINGS, {
    onSuccess: ({ matching_id }) => {
      void queries.invalidateQueries({ queryKey: ['get', MATCHINGS] });
      void navigate(`/projects/${projectId}/mapping?matching=${matching_id}`);
    },
  });
}

interface Props {
  projectId: string;
  connections: readonly Schema<'ConnectionView'>[];
}

/** Between which two connections, and how closely it looks. */
export function StartForm({ projectId, connections }: Props) {
  const { t } = useTranslation('mapping');
  const format = useFormat();
  const { mutate, isPending, error } = useStart(projectId);
  const { bind, submit, values, set } = useFields(EMPTY, { error });
  const options = [
    { value: '', label: t('new.pick') },
    ...connections.map(({ connection_id, name, kind }) => ({ value: connection_id, label: `${name} (${kind})` })),
  ];
  const select = (name: 'source' | 'target' | 'rows') => (value: string) => {
    set({ [name]: value });
  };
  return (
    <form
      noValidate
      onSubmit={submit((given) => {
        mutate({ params: { path: { project_id: projectId }, header: once() }, body: bodyOf(given) });
      })}
    >
      <SelectField label={t('source')} value={values.source} options={options} onChange={select('source')} />
      <SelectField label={t('target')} value={values.target} options={options} onChange={select('target')} />
      <SelectField
        label={t('new.rows')}
        value={values.rows}
        options={ROWS.map((rows) => ({
          value: String(rows),
          label: rows === 0 ? t('new.namesOnly') : t('new.rowsOf', { rows: format.number(rows) }),
        }))}
        onChange={select('rows')}
      />
      <Box component="details" sx={{ mb: 4 }}>
        <Box component="summary" sx={{ cursor: 'pointer', mb: 3 }}>
          {t('new.more')}
        </Box>
        <Field label={t('new.name')} {...bind('name')} />
        <Field label={t('new.sourceTables')} hint={t('new.patterns')} multiline minRows={2} {...bind('sourceTables')} />
        <Field label={t('new.targetTables')} hint={t('new.patterns')} multiline minRows={2} {...bind('targetTables')} />
      </Box>
      <ErrorNote error={error} />
      <Button type="submit" variant="contained" loading={isPending} disabled={!values.source || !values.target}>
        {t('start')}
      </Button>
    </form>
  );
}
