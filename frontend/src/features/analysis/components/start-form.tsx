import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ButtonLink } from '@/components/button-link';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, once, type Schema } from '@/lib/api/client';
import { useRefreshAnalyses } from '../data/analyses';
import { firstConnection, requestOf, TARGETS, targetOf, type Wishes } from '../data/request';
import { useTo } from '../data/use-to';
import { DepthChoice } from './depth-choice';

interface Props {
  project: Schema<'ProjectView'>;
  connections: readonly Schema<'ConnectionView'>[];
  plans: readonly Schema<'PlanView'>[];
}

export function StartForm({ project, connections, plans }: Props) {
  const { t } = useTranslation('analysis');
  const navigate = useNavigate();
  const to = useTo();
  const refresh = useRefreshAnalyses();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/connections/{connection_id}/analyses', {
    onSuccess: async ({ analysis_id }) => {
      await refresh();
      await navigate(to('', { analysis: analysis_id }));
    },
  });
  const initial: Wishes = {
    connection: firstConnection(connections, plans),
    depth: 'sample',
    sample_rows: '',
    tables: '',
    exclude: '',
    target: targetOf(connections, plans),
  };
  const { values, set, bind, submit } = useFields({ ...initial }, { error });
  const start = (wishes: typeof values) => {
    mutate({
      params: { path: { connection_id: wishes.connection }, header: once() },
      body: requestOf(wishes as Wishes, project.project_id),
    });
  };
  return (
    <Box component="form" onSubmit={submit(start)} sx={{ maxWidth: 640 }}>
      <SelectField
        label={t('start.connection')}
        value={values.connection}
        onChange={(connection) => {
          set({ connection });
        }}
        options={connections.map(({ connection_id, name }) => ({ value: connection_id, label: name }))}
      />
      <DepthChoice
        value={values.depth === 'full' ? 'full' : 'sample'}
        onChange={(depth) => {
          set({ depth });
        }}
      />
      {values.depth === 'sample' && (
        <Field
          label={t('start.sampleRows')}
          hint={t('start.sampleRowsHint')}
          {...bind('sample_rows')}
          inputProps={{ inputMode: 'numeric', pattern: '[0-9]*' }}
        />
      )}
      <Field label={t('start.tables')} hint={t('start.tablesHint')} {...bind('tables')} />
      <Field label={t('start.exclude')} hint={t('start.excludeHint')} {...bind('exclude')} />
      <SelectField
        label={t('start.target')}
        value={values.target}
        onChange={(target) => {
          set({ target });
        }}
        options={[
          { value: '', label: t('start.noTarget') },
          ...TARGETS.map(({ kind, name }) => ({ value: kind, label: name })),
        ]}
      />
      <ErrorNote error={error} />
      <Box sx={{ display: 'flex', gap: 2, mt: 4 }}>
        <Button type="submit" variant="contained" loading={isPending}>
          {t('start.action')}
        </Button>
        <ButtonLink to={to('')}>{t('start.back')}</ButtonLink>
      </Box>
    </Box>
  );
}
