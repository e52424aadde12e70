import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Loaded } from '@/components/loaded';
import { SelectField } from '@/components/select-field';
import { $api, once, type Schema } from '@/lib/api/client';
import type { Found } from './read-file';
import { WhatItMakes } from './what-it-makes';

type Names = Record<string, string>;
interface End {
  /** What the server calls it in `connections`. */
  keys: string[];
  label: string;
  /** What the file calls it. */
  named: string | undefined;
}

/** The ends that need a connection here: by the names in an export, or the two of a plan file. */
function useEnds(found: Found): End[] {
  const { t } = useTranslation('projects');
  if (found.kind === 'document')
    return found.needs.map((name) => ({ keys: [name], label: t('import.for', { name }), named: name }));
  return (['source', 'target'] as const).map((end) => ({
    keys: [end, ...(found[end] === undefined ? [] : [found[end]])],
    label: t(`new.${end}`),
    named: found[end],
  }));
}

function bodyOf(found: Found, name: string, connections: Names): Schema<'ImportProject'> {
  return found.kind === 'document'
    ? { name, document: found.document, connections }
    : { name, text: found.text, plan_name: found.name, connections };
}

interface Props {
  found: Found;
  /** Names of the connections there are. */
  known: readonly string[];
}

function Form({ found, known }: Props) {
  const { t } = useTranslation('projects');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const ends = useEnds(found);
  const [name, setName] = useState(found.kind === 'document' ? found.document.name : found.name);
  const [chosen, setChosen] = useState<Names>({});
  const choiceOf = ({ label, named }: End) =>
    chosen[label] ?? (named !== undefined && known.includes(named) ? named : '');
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/projects/import', {
    onSuccess: async ({ project_id }) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects'] });
      await navigate(`/projects/${project_id}`);
    },
  });
  const ready = name.trim() !== '' && ends.every((end) => choiceOf(end) !== '');
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const connections = Object.fromEntries(ends.flatMap((end) => end.keys.map((key) => [key, choiceOf(end)])));
        if (ready) mutate({ params: { header: once() }, body: bodyOf(found, name.trim(), connections) });
      }}
    >
      <Field label={t('name')} value={name} onChange={setName} />
      {ends.map((end) => (
        <SelectField
          key={end.label}
          label={end.label}
          value={choiceOf(end)}
          options={[{ value: '', label: t('import.choose') }, ...known.map((each) => ({ value: each, label: each }))]}
          onChange={(connection) => {
            setChosen({ ...chosen, [end.label]: connection });
          }}
        />
      ))}
      <WhatItMakes found={found} name={name} connections={ends.map(choiceOf).filter(Boolean)} />
      <ErrorNote error={error} />
      <Button type="submit" variant="contained" loading={isPending} disabled={!ready}>
        {t('import.make')}
      </Button>
    </Box>
  );
}

/** Which connections here take the place of those in the file, and what will be made. */
export function ImportForm({ found }: { found: Found }) {
  const query = $api.useQuery('get', '/api/v1/connections', { params: { query: { limit: 200 } } });
  return (
    <Loaded query={query}>
      {({ items }) => <Form found={found} known={items.map((connection) => connection.name)} />}
    </Loaded>
  );
}
