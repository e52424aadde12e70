import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import type { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { SHAPES, type Address, type Kind } from './kinds';

type Fields = Pick<
  ReturnType<typeof useFields<Address & Record<'name' | 'description', string>>>,
  'bind' | 'values' | 'set'
>;
interface Props {
  kind: Kind;
  fields: Fields;
}

const code = { dir: 'ltr', spellCheck: false, autoCapitalize: 'none' };
const row = { display: 'grid', columnGap: 4, gridTemplateColumns: { xs: '1fr', sm: '3fr 1fr' } };

function ServerFields({ kind, fields: { bind, values, set } }: Props) {
  const { t } = useTranslation('connections');
  const modes = [
    { value: '', label: t('new.tlsDefault') },
    ...(kind.tls?.modes ?? []).map((value) => ({ value, label: value })),
  ];
  return (
    <>
      <Box sx={row}>
        <Field label={t('new.host')} {...bind('host')} inputProps={code} />
        <Field
          label={t('new.port')}
          placeholder={kind.port ?? ''}
          {...bind('port')}
          inputProps={{ ...code, inputMode: 'numeric' }}
        />
      </Box>
      <Box sx={{ ...row, gridTemplateColumns: { xs: '1fr', sm: kind.schema ? '1fr 1fr' : '1fr' } }}>
        <Field label={t('new.database')} {...bind('database')} inputProps={code} />
        {kind.schema && (
          <Field label={t('new.schema')} hint={t('new.schemaHint')} {...bind('schema')} inputProps={code} />
        )}
      </Box>
      <Box sx={{ ...row, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <Field label={t('new.user')} autoComplete="off" {...bind('user')} inputProps={code} />
        <Field
          label={t('new.password')}
          type="password"
          autoComplete="new-password"
          hint={t('new.passwordHint')}
          {...bind('password')}
        />
      </Box>
      <SelectField
        label={t('new.tls')}
        value={values.tls}
        options={modes}
        onChange={(tls) => {
          set({ tls });
        }}
      />
    </>
  );
}

function FileFields({ kind, fields: { bind, values, set } }: Props) {
  const { t } = useTranslation('connections');
  const may = useMay();
  const format = kind.id as 'csv' | 'jsonl' | 'parquet' | 'sqlite';
  const { data } = $api.useQuery(
    'get',
    '/api/v1/files',
    { params: { query: { kind: format, limit: 200 } } },
    { enabled: may('files.read') },
  );
  const files = (data?.items ?? []).map(({ file_id, name }) => ({ value: file_id, label: name }));
  return (
    <>
      {files.length > 0 && (
        <SelectField
          label={t('new.file')}
          value={values.file}
          options={[{ value: '', label: t('new.folder') }, ...files]}
          onChange={(file) => {
            set({ file });
          }}
        />
      )}
      {!values.file && <Field label={t('new.path')} hint={t('new.pathHint')} {...bind('path')} inputProps={code} />}
    </>
  );
}

/** The fields of a kind of system. */
export function AddressFields({ kind, fields }: Props) {
  const { t } = useTranslation('connections');
  const { bind, values, set } = fields;
  if (kind.form === 'server') return <ServerFields kind={kind} fields={fields} />;
  if (kind.form === 'file') return <FileFields kind={kind} fields={fields} />;
  if (kind.form === 'url') return <Field label={t('url')} hint={t('new.urlHint')} {...bind('url')} inputProps={code} />;
  if (kind.form === 'nothing') return null;
  const shapes = SHAPES.map((value) => ({ value, label: value }));
  return (
    <>
      <SelectField
        label={t('new.shape')}
        value={values.shape}
        options={shapes}
        onChange={(shape) => {
          set({ shape });
        }}
      />
      <Field label={t('new.rows')} {...bind('rows')} inputProps={{ inputMode: 'numeric' }} />
    </>
  );
}
