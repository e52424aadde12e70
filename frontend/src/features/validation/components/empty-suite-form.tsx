import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, once, type Schema } from '@/lib/api/client';
import { suitePath } from '../live/paths';

interface Props {
  projectId: string;
  connections: readonly Schema<'ConnectionView'>[];
}

const ATTACH = ['source', 'target', 'flow'] as const;
type Attach = (typeof ATTACH)[number];
const textOf = (attach: Attach) => `version: 1\nattach: ${attach}\nchecks: []\n`;

/** A suite without rules, for one system or for the flow between two. */
export function EmptySuiteForm({ projectId, connections }: Props) {
  const { t } = useTranslation('validation');
  const navigate = useNavigate();
  const [attach, setAttach] = useState<Attach>('source');
  const [source, setSource] = useState(connections[0]?.connection_id ?? '');
  const [target, setTarget] = useState(connections[1]?.connection_id ?? connections[0]?.connection_id ?? '');
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/suites', {
    onSuccess: ({ suite_id }) => navigate(`${suitePath(projectId, suite_id)}/rules`),
  });
  const { bind, submit } = useFields({ name: '' }, { required: ['name'], error });
  const options = connections.map(({ connection_id, name }) => ({ value: connection_id, label: name }));
  return (
    <form
      noValidate
      onSubmit={submit(({ name }) => {
        mutate({
          params: { header: once() },
          body: {
            name: name.trim(),
            project_id: projectId,
            text: textOf(attach),
            ...(attach !== 'target' && { source_connection_id: source }),
            ...(attach !== 'source' && { target_connection_id: target }),
          },
        });
      })}
    >
      <SelectField
        label={t('attached.title')}
        value={attach}
        options={ATTACH.map((value) => ({ value, label: t(`attached.${value}`) }))}
        onChange={(value) => {
          setAttach(value as Attach);
        }}
      />
      {attach !== 'target' && (
        <SelectField label={t('new.source')} value={source} options={options} onChange={setSource} />
      )}
      {attach !== 'source' && (
        <SelectField label={t('new.target')} value={target} options={options} onChange={setTarget} />
      )}
      <Field label={t('new.name')} {...bind('name')} />
      <ErrorNote error={error} />
      <Button type="submit" variant="contained" loading={isPending}>
        {t('new.emptyAction')}
      </Button>
    </form>
  );
}
