import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { useFormat } from '@/lib/format/use-format';

const DAYS = ['30', '90', '365', ''] as const;
const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

function Permissions({ chosen, onChange }: { chosen: string[]; onChange: (names: string[]) => void }) {
  const { t } = useTranslation('account');
  const { data: me } = useMe();
  const { data } = $api.useQuery('get', '/api/v1/permissions');
  const texts = new Map(data?.items.map(({ name, text }) => [name, text]));
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0 }}>
      <Box component="legend" sx={{ fontWeight: 550 }}>
        {t('keys.permissions')}
      </Box>
      <p>{t('keys.permissionsHint')}</p>
      <Box
        sx={{ maxHeight: 220, overflowY: 'auto', border: 1, borderColor: 'divider', borderRadius: 1, p: 2 }}
        tabIndex={0}
        role="group"
        aria-label={t('keys.permissions')}
      >
        {me?.permissions.map((name) => (
          <Box component="label" key={name} sx={{ display: 'flex', gap: 2, py: 0.5 }}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ target }) => {
                onChange(target.checked ? [...chosen, name] : chosen.filter((each) => each !== name));
              }}
            />
            <code>{name}</code>
            <Box component="span" dir="auto" sx={{ color: 'text.secondary' }}>
              {texts.get(name)}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** Makes an API key; its secret is shown once. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const queries = useQueryClient();
  const [permissions, setPermissions] = useState<string[]>([]);
  const { mutate, isPending, error, data } = $api.useMutation('post', '/api/v1/api-keys', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/api-keys'] }),
  });
  const { bind, submit, values, set } = useFields({ name: '', days: '90' }, { required: ['name'], error });
  const days = DAYS.map((value) => ({
    value,
    label: value ? t('keys.days', { days: format.number(Number(value)) }) : t('keys.never'),
  }));
  return (
    <Dialog open onClose={onClose} aria-labelledby="new-key" fullWidth maxWidth="sm">
      <DialogTitle id="new-key">{data ? t('keys.made') : t('keys.make')}</DialogTitle>
      {data ? (
        <DialogContent>
          <p>{t('keys.once')}</p>
          <Box
            component="code"
            sx={{ display: 'block', p: 3, bgcolor: 'sunken', borderRadius: 1, overflowWrap: 'anywhere', mb: 2 }}
          >
            {data.key}
          </Box>
          <CopyButton text={data.key} />
        </DialogContent>
      ) : (
        <DialogContent>
          <form
            id="new-key-form"
            noValidate
            onSubmit={submit(({ name, days: valid }) => {
              const expires = valid && { expires_at: daysFromNow(Number(valid)) };
              mutate({ body: { name: name.trim(), permissions, ...expires } });
            })}
          >
            <Field label={t('keys.name')} autoFocus {...bind('name')} />
            <SelectField
              label={t('keys.expires')}
              value={values.days}
              options={days}
              onChange={(value) => {
                set({ days: value });
              }}
            />
            <Permissions chosen={permissions} onChange={setPermissions} />
            <ErrorNote error={error} />
          </form>
        </DialogContent>
      )}
      <DialogActions>
        <Button onClick={onClose}>{data ? t('keys.done') : t('keys.cancel')}</Button>
        {!data && (
          <Button type="submit" form="new-key-form" variant="contained" loading={isPending}>
            {t('keys.make')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
