import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, once, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useFormat } from '@/lib/format/use-format';
import { stepPath } from '../live/paths';

interface Props {
  projectId: string;
  connections: readonly Schema<'ConnectionView'>[];
}

/** The newest finished analysis of a connection: with it the data need not be read again. */
function useAnalysis(connectionId: string) {
  const may = useMay();
  const { data } = $api.useQuery(
    'get',
    '/api/v1/analyses',
    { params: { query: { connection_id: connectionId, limit: 10 } } },
    { enabled: may('analyses.read') && connectionId !== '' },
  );
  return data?.items.find(({ state }) => state === 'succeeded');
}

/** Asks a worker to look at the data, and to propose what they keep to. */
export function ProposeForm({ projectId, connections }: Props) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const navigate = useNavigate();
  const [connection, setConnection] = useState(connections[0]?.connection_id ?? '');
  const [reuse, setReuse] = useState(true);
  const analysis = useAnalysis(connection);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/connections/{connection_id}/suite-proposals', {
    onSuccess: ({ suite_id }) => navigate(`${stepPath(projectId)}/proposals/${suite_id}`),
  });
  const { bind, submit } = useFields({ name: '', tables: '' }, { error });
  return (
    <form
      noValidate
      onSubmit={submit(({ name, tables }) => {
        const patterns = tables
          .split(/[\n,]/)
          .map((each) => each.trim())
          .filter(Boolean);
        mutate({
          params: { path: { connection_id: connection }, header: once() },
          body: {
            project_id: projectId,
            ...(name.trim() && { name: name.trim() }),
            ...(analysis && reuse
              ? { from_analysis: analysis.analysis_id }
              : patterns.length > 0 && { tables: patterns }),
          },
        });
      })}
    >
      <SelectField
        label={t('new.connection')}
        value={connection}
        options={connections.map(({ connection_id, name }) => ({ value: connection_id, label: name }))}
        onChange={setConnection}
      />
      {analysis && (
        <Tick
          label={t('new.reuse', { at: format.dateTime(analysis.finished_at ?? analysis.created_at) })}
          hint={t('new.reuseHint')}
          checked={reuse}
          onChange={setReuse}
        />
      )}
      {!(analysis && reuse) && (
        <Field
          label={t('new.tables')}
          hint={t('new.tablesHint')}
          {...bind('tables')}
          inputProps={{ dir: 'ltr', spellCheck: false }}
        />
      )}
      <Field label={t('new.name')} hint={t('new.nameHint')} {...bind('name')} />
      <ErrorNote error={error} />
      <Button type="submit" variant="contained" loading={isPending}>
        {t('new.proposeAction')}
      </Button>
    </form>
  );
}
