import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Facts } from '@/components/facts';
import { Field } from '@/components/field';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { LanguageField, ThemeField } from '@/components/preferences';
import { useFields } from '@/components/use-fields';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { useNotify } from '@/lib/store/store';
import { AccountPage } from '../components/account-page';

function Name({ me }: { me: Schema<'MeView'> }) {
  const { t } = useTranslation('account');
  const queries = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/me', {
    onSuccess: () => {
      notify('success', t('profile.saved'));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/me'] }),
  });
  const { bind, submit, values } = useFields({ name: me.name }, { required: ['name'], error });
  return (
    <form
      noValidate
      onSubmit={submit(({ name }) => {
        mutate({ params: { header: ifMatch(me.version) }, body: { name: name.trim() } });
      })}
    >
      <Box sx={{ maxWidth: 420 }}>
        <Field label={t('profile.name')} autoComplete="name" {...bind('name')} />
        <ErrorNote error={error} />
        <Button type="submit" variant="contained" loading={isPending} disabled={values.name.trim() === me.name}>
          {t('profile.save')}
        </Button>
      </Box>
    </form>
  );
}

export default function Profile() {
  const { t } = useTranslation('account');
  const query = useMe();
  return (
    <AccountPage title={t('profile.title')}>
      <Loaded query={query}>
        {(me) => (
          <>
            <Panel title={t('profile.you')}>
              <Name key={me.version} me={me} />
            </Panel>
            <Panel title={t('profile.rights')}>
              <Facts
                items={[
                  [t('profile.email'), <bdi key="email">{me.email}</bdi>],
                  [t('profile.roles'), me.roles.join(', ')],
                  [t('profile.permissions'), <code key="permissions">{me.permissions.join(' ')}</code>],
                ]}
              />
            </Panel>
          </>
        )}
      </Loaded>
      <Panel title={t('profile.look')}>
        <Box sx={{ display: 'flex', gap: 6, flexWrap: 'wrap' }}>
          <LanguageField />
          <ThemeField />
        </Box>
      </Panel>
    </AccountPage>
  );
}
