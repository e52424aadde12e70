import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { LinkMissing } from '../components/link-missing';
import { NewPasswordFields } from '../components/new-password-fields';
import { SignInFrame } from '../components/sign-in-frame';
import { useLinkToken } from '../components/use-link-token';

export default function AcceptInvitation() {
  const { t } = useTranslation('sign-in');
  const navigate = useNavigate();
  const token = useLinkToken();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/auth/invitations/accept', {
    onSuccess: () => navigate('/sign-in', { state: { said: 'accepted' } }),
  });
  const { bind, submit, values } = useFields(
    { name: '', password: '', again: '' },
    { required: ['name', 'password', 'again'], error },
  );
  const differs = values.again !== '' && values.again !== values.password;
  if (!token) return <LinkMissing title={t('invitation.title')} />;
  return (
    <SignInFrame title={t('invitation.title')} lead={t('invitation.lead')}>
      <form
        noValidate
        onSubmit={submit(({ name, password }) => {
          if (!differs) mutate({ body: { token, name: name.trim(), password } });
        })}
      >
        <Field label={t('name')} autoComplete="name" autoFocus {...bind('name')} />
        <NewPasswordFields bind={bind} differs={differs} />
        <ErrorNote error={error} />
        <Button type="submit" variant="contained" fullWidth loading={isPending}>
          {t('invitation.action')}
        </Button>
      </form>
    </SignInFrame>
  );
}
