import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { $api, client, once } from '@/lib/api/client';
import { useMutation } from '@tanstack/react-query';
import { FileChoice } from './file-choice';

const WAYS = ['propose', 'empty', 'file'] as const;
type Way = (typeof WAYS)[number];

interface Wanted {
  way: Way;
  name: string;
  source: string;
  target: string;
  text: string;
}

const emptyPlan = (name: string, source: string, target: string) =>
  `version: 1\nname: ${JSON.stringify(name)}\nsource: {connection: ${JSON.stringify(source)}}\ntarget: {connection: ${JSON.stringify(target)}}\n`;

function useConnections() {
  const { data, error } = $api.useQuery('get', '/api/v1/connections', { params: { query: { limit: 200 } } });
  return { connections: data?.items ?? [], error, none: data?.items.length === 0 };
}

/** Proposes, or takes, a text and stores it as a plan of the project. */
function useMaking(projectId: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { connections } = useConnections();
  const path = { project_id: projectId };
  const nameOf = (id: string) => connections.find(({ connection_id }) => connection_id === id)?.name ?? '';
  const textOf = async ({ way, name, source, target, text }: Wanted) => {
    if (way === 'file') return text;
    if (way === 'empty') return emptyPlan(name, nameOf(source), nameOf(target));
    const { data } = await client.POST('/api/v1/projects/{project_id}/plans/propose', {
      params: { path, header: once() },
      body: { source_connection_id: source, target_connection_id: target, name },
    });
    return data?.text ?? '';
  };
  return useMutation({
    mutationFn: async (wanted: Wanted) => {
      const text = await textOf(wanted);
      const { data } = await client.POST('/api/v1/projects/{project_id}/plans', {
        params: { path, header: once() },
        body: { name: wanted.name.trim(), text },
      });
      return data;
    },
    onSuccess: async (plan) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}/plans'] });
      await navigate(`/projects/${projectId}/transformation?plan=${plan?.plan_id ?? ''}`);
    },
  });
}

function WayChoice({ way, onChange }: { way: Way; onChange: (way: Way) => void }) {
  const { t } = useTranslation('transformation');
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, mb: 4, display: 'grid', gap: 2 }}>
      <Box component="legend" sx={{ fontWeight: 550, mb: 2, p: 0 }}>
        {t('new.way')}
      </Box>
      {WAYS.map((each) => (
        <Box component="label" key={each} sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
          <Box
            component="input"
            type="radio"
            name="way"
            checked={way === each}
            onChange={() => {
              onChange(each);
            }}
            sx={{ mt: 1 }}
          />
          <span>
            <strong>{t(`new.${each}`)}</strong>
            <Box sx={{ color: 'text.secondary' }}>{t(`new.${each}Means`)}</Box>
          </span>
        </Box>
      ))}
    </Box>
  );
}

/** A plan for the project: proposed from two connections, empty, or from a file. */
export function NewPlan({ projectId }: { projectId: string }) {
  const { t } = useTranslation('transformation');
  const { connections, error: unlisted, none } = useConnections();
  const [wanted, setWanted] = useState<Wanted>({ way: 'propose', name: '', source: '', target: '', text: '' });
  const { mutate, isPending, error } = useMaking(projectId);
  const change = (changes: Partial<Wanted>) => {
    setWanted((before) => ({ ...before, ...changes }));
  };
  const { way, name, source, target, text } = wanted;
  const ready = name.trim() !== '' && (way === 'file' ? text !== '' : source !== '' && target !== '');
  const options = [
    { value: '', label: t('new.choose') },
    ...connections.map(({ connection_id, name: each, kind }) => ({ value: connection_id, label: `${each} (${kind})` })),
  ];
  return (
    <Panel title={t('new.title')}>
      <Box
        component="form"
        noValidate
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          if (ready) mutate(wanted);
        }}
        sx={{ maxWidth: 620 }}
      >
        <WayChoice
          way={way}
          onChange={(each) => {
            change({ way: each });
          }}
        />
        <Field
          label={t('new.name')}
          value={name}
          onChange={(typed) => {
            change({ name: typed });
          }}
        />
        {way === 'file' ? (
          <FileChoice
            text={text}
            onChosen={(chosen, fileName) => {
              change({ text: chosen, ...(name === '' && { name: fileName.replace(/\.(ya?ml|json)$/i, '') }) });
            }}
          />
        ) : (
          (['source', 'target'] as const).map((side) => (
            <SelectField
              key={side}
              label={t(`new.${side}`)}
              value={wanted[side]}
              options={options}
              onChange={(id) => {
                change({ [side]: id });
              }}
            />
          ))
        )}
        {none && way !== 'file' && (
          <p>
            <Link to="/connections/new">{t('new.noConnections')}</Link>
          </p>
        )}
        <ErrorNote error={unlisted ?? error} />
        <Button type="submit" variant="contained" loading={isPending} disabled={!ready}>
          {t('new.make')}
        </Button>
      </Box>
    </Panel>
  );
}
