import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Link } from '@/components/link';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { asApiError, codes } from '@/lib/api/errors';
import { begin } from '@/lib/api/session';
import { useSession } from '@/lib/api/use-session';
import { SignInFrame } from '../components/sign-in-frame';

/** Only paths of this app are gone on to. */
const safe = (next: string | null) =>
  next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/';

export default function SignIn() {
  const { t } = useTranslation('sign-in');
  const session = useSession();
  const [search] = useSearchParams();
  const { state } = useLocation() as { state: { said?: string } | null };
  const [wantsCode, setWantsCode] = useState(false);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/auth/login', {
    onSuccess: begin,
    onError: (problem) => {
      if (asApiError(problem).code === codes.needsTotp) setWantsCode(true);
    },
  });
  const { bind, submit } = useFields({ email: '', password: '', otp: '' }, { required: ['email', 'password'], error });
  if (session === 'signed-in') return <Navigate to={safe(search.get('next'))} replace />;
  const asked = error !== null && asApiError(error).code === codes.needsTotp;
  return (
    <SignInFrame title={t('title')} lead={state?.said ? t(`said.${state.said}`) : ''}>
      <form
        noValidate
        onSubmit={submit(({ email, password, otp }) => {
          mutate({ body: { email: email.trim(), password, ...(wantsCode && otp.trim() && { otp: otp.trim() }) } });
        })}
      >
        <Field label={t('email')} type="email" autoComplete="username" autoFocus {...bind('email')} />
        <Field label={t('password')} type="password" autoComplete="current-password" {...bind('password')} />
        {wantsCode && (
          <Field label={t('code')} autoComplete="one-time-code" autoFocus hint={t('codeHint')} {...bind('otp')} />
        )}
        {error && !asked && <ErrorNote error={error} />}
        <Button type="submit" variant="contained" fullWidth loading={isPending} sx={{ mb: 4 }}>
          {t('action')}
        </Button>
      </form>
      <Link to="/forgot-password">{t('forgot.link')}</Link>
    </SignInFrame>
  );
}
