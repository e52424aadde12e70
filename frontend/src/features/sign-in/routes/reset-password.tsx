import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { LinkMissing } from '../components/link-missing';
import { NewPasswordFields } from '../components/new-password-fields';
import { SignInFrame } from '../components/sign-in-frame';
import { useLinkToken } from '../components/use-link-token';

export default function ResetPassword() {
  const { t } = useTranslation('sign-in');
  const navigate = useNavigate();
  const token = useLinkToken();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/auth/password/reset', {
    onSuccess: () => navigate('/sign-in', { state: { said: 'reset' } }),
  });
  const { bind, submit, values } = useFields({ password: '', again: '' }, { required: ['password', 'again'], error });
  const differs = values.again !== '' && values.again !== values.password;
  if (!token) return <LinkMissing title={t('reset.title')} />;
  return (
    <SignInFrame title={t('reset.title')}>
      <form
        noValidate
        onSubmit={submit(({ password }) => {
          if (!differs) mutate({ body: { token, password } });
        })}
      >
        <NewPasswordFields bind={bind} differs={differs} />
        <ErrorNote error={error} />
        <Button type="submit" variant="contained" fullWidth loading={isPending}>
          {t('reset.action')}
        </Button>
      </form>
    </SignInFrame>
  );
}
