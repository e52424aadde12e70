import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { begin } from '@/lib/api/session';
import { useSession } from '@/lib/api/use-session';
import { LinkMissing } from '../components/link-missing';
import { NewPasswordFields } from '../components/new-password-fields';
import { SignInFrame } from '../components/sign-in-frame';
import { useLinkToken } from '../components/use-link-token';

const EMPTY = { email: '', name: '', tenant: '', password: '', again: '' };

/** The first start: the one-time link makes the first tenant and its owner. */
export default function SetUp() {
  const { t } = useTranslation('sign-in');
  const session = useSession();
  const token = useLinkToken();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/auth/setup', { onSuccess: begin });
  const { bind, submit, values } = useFields(EMPTY, { required: ['email', 'name', 'password', 'again'], error });
  const differs = values.again !== '' && values.again !== values.password;
  if (session === 'signed-in') return <Navigate to="/" replace />;
  if (!token) return <LinkMissing title={t('setUp.title')} />;
  return (
    <SignInFrame title={t('setUp.title')} lead={t('setUp.lead')}>
      <form
        noValidate
        onSubmit={submit(({ email, name, tenant, password }) => {
          const body = { token, email: email.trim(), name: name.trim(), password };
          if (!differs) mutate({ body: { ...body, ...(tenant.trim() && { tenant_name: tenant.trim() }) } });
        })}
      >
        <Field label={t('name')} autoComplete="name" autoFocus {...bind('name')} />
        <Field label={t('email')} type="email" autoComplete="username" {...bind('email')} />
        <Field label={t('setUp.tenant')} autoComplete="organization" hint={t('setUp.tenantHint')} {...bind('tenant')} />
        <NewPasswordFields bind={bind} differs={differs} />
        <ErrorNote error={error} />
        <Button type="submit" variant="contained" fullWidth loading={isPending}>
          {t('setUp.action')}
        </Button>
      </form>
    </SignInFrame>
  );
}
