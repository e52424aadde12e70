import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ButtonLink } from '@/components/button-link';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Note } from '@/components/note';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { AddressFields } from '../components/address-fields';
import { KindChoice } from '../components/kind-choice';
import { EMPTY_ADDRESS, KINDS, requiredOf, urlOf, type Kind } from '../components/kinds';
import { TestPanel } from '../components/test-panel';
import { UploadField } from '../upload/upload-field';

interface FormProps {
  kind: Kind;
  /** What was just brought here: the connection is to be of it. */
  uploaded: Schema<'FileView'> | undefined;
  onMade: (connection: Schema<'ConnectionView'>) => void;
}

const nameOf = (file: string) => file.replace(/\.[^.]*$/, '');

function Form({ kind, uploaded, onMade }: FormProps) {
  const { t } = useTranslation('connections');
  const queries = useQueryClient();
  const [production, setProduction] = useState(false);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/connections', {
    onSuccess: async (made) => {
      onMade(made);
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/connections'] });
    },
  });
  const initial = { ...EMPTY_ADDRESS, name: '', description: '' };
  const [required, setRequired] = useState<(keyof typeof initial)[]>(['name']);
  const fields = useFields(initial, { required, error });
  const [taken, setTaken] = useState<string>();
  if (uploaded && uploaded.file_id !== taken) {
    setTaken(uploaded.file_id);
    fields.set({ file: uploaded.file_id, name: fields.values.name || nameOf(uploaded.name) });
  }
  const save = (test: boolean) => {
    const { name, description } = fields.values;
    const body = { name: name.trim(), url: urlOf(kind, fields.values), description, production };
    mutate({ params: { query: { test } }, body });
  };
  const check = (test: boolean) => {
    const needed: (keyof typeof initial)[] = [...requiredOf(kind, fields.values), 'name'];
    setRequired(needed);
    return needed.every((name) => fields.values[name].trim()) && (save(test), true);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        fields.submit(() => undefined)(event);
        check(true);
      }}
    >
      <Box sx={{ maxWidth: 640 }}>
        <AddressFields kind={kind} fields={fields} />
        <Field label={t('name')} hint={t('new.nameHint')} {...fields.bind('name')} />
        <Field label={t('description')} multiline minRows={2} {...fields.bind('description')} />
        <Tick label={t('production')} hint={t('productionHint')} checked={production} onChange={setProduction} />
        <ErrorNote error={error} />
        <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap' }}>
          <Button type="submit" variant="contained" loading={isPending}>
            {t('new.testAndSave')}
          </Button>
          {error && (
            <Button
              disabled={isPending}
              onClick={() => {
                check(false);
              }}
            >
              {t('new.saveUntested')}
            </Button>
          )}
          <ButtonLink to="/connections">{t('cancel')}</ButtonLink>
        </Box>
      </Box>
    </form>
  );
}

/** The wizard: which system, where it is, then what the doctor says of it. */
export default function NewConnection() {
  const { t } = useTranslation('connections');
  const [search, setSearch] = useSearchParams();
  const [made, setMade] = useState<Schema<'ConnectionView'>>();
  const kind = KINDS.find(({ id }) => id === search.get('kind'));
  const mayUpload = useMay()('files.write');
  const queries = useQueryClient();
  const [uploaded, setUploaded] = useState<Schema<'FileView'>>();
  const [asked, setAsked] = useState<string>();
  const take = (file: Schema<'FileView'>) => {
    setAsked(kind?.id);
    setUploaded(file);
    setSearch({ kind: file.kind }, { replace: true });
    void queries.invalidateQueries({ queryKey: ['get', '/api/v1/files'] });
  };
  const crumbs = [{ label: t('nav'), to: '/connections' }];
  if (made) {
    return (
      <Page
        title={made.name}
        crumbs={crumbs}
        lead={t('new.saved')}
        actions={
          <ButtonLink to={`/connections/${made.connection_id}`} variant="contained">
            {t('new.open')}
          </ButtonLink>
        }
      >
        <TestPanel connection={made} atOnce />
      </Page>
    );
  }
  return (
    <Page title={t('new.title')} crumbs={crumbs}>
      <Panel>
        <KindChoice
          value={kind?.id}
          onChange={(id) => {
            setSearch({ kind: id }, { replace: true });
          }}
        />
        {mayUpload && (!kind || kind.form === 'file') && <UploadField onDone={take} />}
        {uploaded && kind?.id === uploaded.kind && asked && asked !== uploaded.kind && (
          <Note tone="info">{t('upload.isOther', { kind: t(`kinds.${uploaded.kind}.name`) })}</Note>
        )}
        {kind && (
          <Form
            key={kind.id}
            kind={kind}
            uploaded={uploaded?.kind === kind.id ? uploaded : undefined}
            onMade={setMade}
          />
        )}
      </Panel>
    </Page>
  );
}
