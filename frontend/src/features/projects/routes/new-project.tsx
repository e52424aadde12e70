import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Link } from '@/components/link';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, once } from '@/lib/api/client';

const EMPTY = { name: '', description: '', source: '', target: '', template: '', plan: '' };
type Values = typeof EMPTY;

/** With both connections chosen a plan is made from the template, else the project begins without one. */
function bodyOf({ name, description, source, target, template, plan }: Values) {
  const made = source &&
    target && {
      source_connection: source,
      target_connection: target,
      template_id: template,
      plan_name: plan.trim() || name.trim(),
    };
  return { name: name.trim(), description, ...(made || {}) };
}

function useChoices() {
  const { t } = useTranslation('projects');
  const connections = $api.useQuery('get', '/api/v1/connections', { params: { query: { limit: 200 } } });
  const templates = $api.useQuery('get', '/api/v1/templates');
  const none = { value: '', label: t('new.later') };
  return {
    connections: [
      none,
      ...(connections.data?.items ?? []).map(({ name, kind }) => ({ value: name, label: `${name} (${kind})` })),
    ],
    templates: (templates.data?.items ?? []).map(({ template_id, name }) => ({ value: template_id, label: name })),
    described: new Map(templates.data?.items.map(({ template_id, description }) => [template_id, description])),
  };
}

function Form() {
  const { t } = useTranslation('projects');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { connections, templates, described } = useChoices();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/projects', {
    onSuccess: async ({ project_id }) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects'] });
      await navigate(`/projects/${project_id}`);
    },
  });
  const { bind, submit, values, set } = useFields(EMPTY, { required: ['name'], error });
  const template = values.template || (templates[0]?.value ?? '');
  return (
    <form
      noValidate
      onSubmit={submit((given) => {
        mutate({ params: { header: once() }, body: bodyOf({ ...given, template }) });
      })}
    >
      <Field label={t('name')} autoFocus {...bind('name')} />
      <Field label={t('description')} multiline minRows={2} {...bind('description')} />
      <SelectField
        label={t('new.source')}
        value={values.source}
        options={connections}
        onChange={(source) => {
          set({ source });
        }}
      />
      <SelectField
        label={t('new.target')}
        value={values.target}
        options={connections}
        onChange={(target) => {
          set({ target });
        }}
      />
      {connections.length === 1 && (
        <p>
          <Link to="/connections/new">{t('new.noConnections')}</Link>
        </p>
      )}
      {values.source && values.target && (
        <>
          <SelectField
            label={t('new.template')}
            value={template}
            options={templates}
            onChange={(chosen) => {
              set({ template: chosen });
            }}
          />
          <p dir="auto">{described.get(template)}</p>
          <Field label={t('new.plan')} hint={t('new.planHint')} {...bind('plan')} />
        </>
      )}
      <ErrorNote error={error} />
      <Button type="submit" variant="contained" loading={isPending}>
        {t('new.make')}
      </Button>
    </form>
  );
}

export default function NewProject() {
  const { t } = useTranslation('projects');
  return (
    <Page title={t('new.title')} crumbs={[{ label: t('nav'), to: '/projects' }]}>
      <Panel>
        <div style={{ maxWidth: 560 }}>
          <Form />
        </div>
      </Panel>
    </Page>
  );
}
