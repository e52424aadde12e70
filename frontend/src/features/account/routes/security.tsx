import { useTranslation } from 'react-i18next';
import { AccountPage } from '../components/account-page';
import { PasswordPanel } from '../components/password-panel';
import { SessionsPanel } from '../components/sessions-panel';
import { TotpPanel } from '../components/totp-panel';

export default function Security() {
  const { t } = useTranslation('account');
  return (
    <AccountPage title={t('security.title')}>
      <TotpPanel />
      <PasswordPanel />
      <SessionsPanel />
    </AccountPage>
  );
}
