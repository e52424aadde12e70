import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useMay, useMe } from '@/lib/api/me';

/** The tenant whose owners run the instance. */
const FIRST_TENANT = 'default';

/** May the signed-in person manage other tenants? */
export function useIsOperator() {
  const { data } = useMe();
  return useMay()('tenant.write') && data?.tenant_id === FIRST_TENANT;
}

/** The pages of the administration that the person may see. */
export function useTabs() {
  const { t } = useTranslation('administration');
  const may = useMay();
  const operator = useIsOperator();
  const { pathname } = useLocation();
  const all = [
    { to: '/administration', label: t('users.title'), shown: true },
    { to: '/administration/invitations', label: t('invitations.title'), shown: true },
    { to: '/administration/teams', label: t('teams.title'), shown: true },
    { to: '/administration/roles', label: t('roles.title'), shown: true },
    { to: '/administration/channels', label: t('channels.title'), shown: may('notifications.write') },
    { to: '/administration/flags', label: t('flags.title'), shown: may('flags.write') },
    { to: '/administration/audit', label: t('audit.title'), shown: may('audit.read') },
    { to: '/administration/settings', label: t('settings.title'), shown: may('tenant.read') },
    { to: '/administration/tenants', label: t('tenants.title'), shown: operator },
  ];
  // Also on the page of one team or channel.
  const below = (to: string) => to !== '/administration' && pathname.startsWith(`${to}/`);
  return all.filter(({ shown }) => shown).map(({ to, label }) => ({ to, label, ...(below(to) && { current: true }) }));
}
