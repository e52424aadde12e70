import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Link } from '@/components/link';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { SignInFrame } from '../components/sign-in-frame';

export default function ForgotPassword() {
  const { t } = useTranslation('sign-in');
  const { mutate, isPending, isSuccess, error } = $api.useMutation('post', '/api/v1/auth/password/forgot');
  const { bind, submit } = useFields({ email: '' }, { required: ['email'], error });
  return (
    <SignInFrame title={t('forgot.title')} lead={isSuccess ? '' : t('forgot.lead')}>
      {isSuccess ? (
        <Typography role="status" sx={{ mb: 4 }}>
          {t('forgot.sent')}
        </Typography>
      ) : (
        <form
          noValidate
          onSubmit={submit(({ email }) => {
            mutate({ body: { email: email.trim() } });
          })}
        >
          <Field label={t('email')} type="email" autoComplete="username" autoFocus {...bind('email')} />
          <ErrorNote error={error} />
          <Button type="submit" variant="contained" fullWidth loading={isPending} sx={{ mb: 4 }}>
            {t('forgot.action')}
          </Button>
        </form>
      )}
      <Link to="/sign-in">{t('toSignIn')}</Link>
    </SignInFrame>
  );
}
