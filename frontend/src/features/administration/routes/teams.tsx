import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { DialogButton } from '@/components/dialog-button';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';
import { AdministrationPage } from '../components/administration-page';
import { NewTeam } from '../components/team-dialogs';

type Team = Schema<'TeamView'>;

/** People who get roles in projects together. */
export default function Teams() {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const mayWrite = useMay()('users.write');
  const query = $api.useInfiniteQuery('get', '/api/v1/teams', {}, byCursor);
  const columns: Column<Team>[] = [
    {
      id: 'name',
      header: t('teams.name'),
      cell: ({ team_id, name }) => (
        <Link to={`/administration/teams/${team_id}`}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { id: 'members', header: t('teams.members'), end: true, cell: ({ members }) => format.number(members) },
    {
      id: 'made',
      header: t('made'),
      wide: true,
      end: true,
      cell: ({ created_at }) => <Moment at={created_at} />,
    },
  ];
  const make = mayWrite && (
    <DialogButton variant="contained" dialog={(close) => <NewTeam onClose={close} />}>
      {t('teams.new')}
    </DialogButton>
  );
  return (
    <AdministrationPage title={t('teams.title')} actions={make}>
      <Panel flush>
        <PagedTable
          label={t('teams.title')}
          columns={columns}
          query={query}
          rowKey={(row) => row.team_id}
          empty={<Empty>{t('teams.empty')}</Empty>}
        />
      </Panel>
    </AdministrationPage>
  );
}
