import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { SignInFrame } from './sign-in-frame';

/** The page was opened without the token of its link. */
export function LinkMissing({ title }: { title: string }) {
  const { t } = useTranslation('sign-in');
  return (
    <SignInFrame title={title} lead={t('linkMissing')}>
      <Link to="/sign-in">{t('toSignIn')}</Link>
    </SignInFrame>
  );
}
