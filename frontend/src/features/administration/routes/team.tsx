import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Loaded } from '@/components/loaded';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { AdministrationPage } from '../components/administration-page';
import { ChangeButtons } from '../components/change-buttons';
import { RemoveTeam, RenameTeam } from '../components/team-dialogs';
import { TeamMembers } from '../components/team-members';
import { TeamRoles } from '../components/team-roles';

function Buttons({ team }: { team: Schema<'TeamView'> }) {
  const { t } = useTranslation('administration');
  return (
    <ChangeButtons
      change={t('teams.rename')}
      changing={(close) => <RenameTeam team={team} onClose={close} />}
      removing={(close) => <RemoveTeam team={team} onClose={close} />}
    />
  );
}

/** One team: who is in it, and what it may do where. */
export default function Team() {
  const { t } = useTranslation('administration');
  const { teamId = '' } = useParams();
  const mayWrite = useMay()('users.write');
  const query = $api.useQuery('get', '/api/v1/teams/{team_id}', { params: { path: { team_id: teamId } } });
  const above = { label: t('teams.title'), to: '/administration/teams' };
  return (
    <AdministrationPage
      title={query.data?.name ?? t('teams.one')}
      above={above}
      actions={query.data && mayWrite && <Buttons team={query.data} />}
    >
      <Loaded query={query}>
        {(team) => (
          <>
            <TeamMembers team={team} />
            <TeamRoles team={team} />
          </>
        )}
      </Loaded>
    </AdministrationPage>
  );
}
