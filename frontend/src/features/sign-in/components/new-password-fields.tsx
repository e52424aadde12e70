import { useTranslation } from 'react-i18next';
import { Field } from '@/components/field';
import type { Bound } from '@/components/use-fields';

/** A new password, twice. */
export function NewPasswordFields({
  bind,
  differs,
}: {
  bind: (name: 'password' | 'again') => Bound;
  differs: boolean;
}) {
  const { t } = useTranslation('sign-in');
  return (
    <>
      <Field
        label={t('newPassword')}
        type="password"
        autoComplete="new-password"
        hint={t('passwordHint')}
        {...bind('password')}
      />
      <Field
        label={t('again')}
        type="password"
        autoComplete="new-password"
        {...bind('again')}
        {...(differs && { error: t('differs') })}
      />
    </>
  );
}
