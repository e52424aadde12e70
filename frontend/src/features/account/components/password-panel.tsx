import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Panel } from '@/components/panel';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';

const EMPTY = { current_password: '', new_password: '' };

export function PasswordPanel() {
  const { t } = useTranslation('account');
  const notify = useNotify();
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/auth/password', {
    onSuccess: async () => {
      set(EMPTY);
      notify('success', t('password.changed'));
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/auth/sessions'] });
    },
  });
  const { bind, submit, set } = useFields(EMPTY, { required: ['current_password', 'new_password'], error });
  return (
    <Panel title={t('password.title')}>
      <form
        noValidate
        onSubmit={submit((body) => {
          mutate({ body });
        })}
      >
        <Box sx={{ maxWidth: 420 }}>
          <Field
            label={t('password.current')}
            type="password"
            autoComplete="current-password"
            {...bind('current_password')}
          />
          <Field
            label={t('password.new')}
            type="password"
            autoComplete="new-password"
            hint={t('password.hint')}
            {...bind('new_password')}
          />
          <ErrorNote error={error} />
          <Button type="submit" variant="contained" loading={isPending}>
            {t('password.change')}
          </Button>
        </Box>
      </form>
    </Panel>
  );
}
