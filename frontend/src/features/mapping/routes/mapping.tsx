import { useTranslation } from 'react-i18next';
import PlusIcon from 'lucide-react/icons/plus';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Workspace } from '@/components/workspace';
import { $api, type Schema } from '@/lib/api/client';
import { Desk } from '../components/desk';
import { MatchingProgress } from '../components/matching-progress';
import { Which } from '../components/which';
import { useMatching } from '../data/use-matching';

function Start({ projectId, first = false }: { projectId: string; first?: boolean }) {
  const { t } = useTranslation('mapping');
  return (
    <ButtonLink
      to={`/projects/${projectId}/mapping/new`}
      variant={first ? 'contained' : 'outlined'}
      startIcon={<PlusIcon size={15} />}
    >
      {t('start')}
    </ButtonLink>
  );
}

function Suggested({ matching }: { matching: Schema<'MatchingView'> }) {
  const { t } = useTranslation('mapping');
  const tables = $api.useQuery('get', '/api/v1/matchings/{matching_id}/tables', {
    params: { path: { matching_id: matching.matching_id } },
  });
  return (
    <Loaded query={tables}>
      {({ items }) =>
        items.length === 0 ? <Empty>{t('noTables')}</Empty> : <Desk matching={matching} pairs={items} />
      }
    </Loaded>
  );
}

function Body({ projectId }: { projectId: string }) {
  const { t } = useTranslation('mapping');
  const { list, one, choose } = useMatching(projectId);
  return (
    <Loaded query={list}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty action={<Start projectId={projectId} first />}>{t('empty')}</Empty>
        ) : (
          <Loaded query={one}>
            {(matching) => (
              <>
                {matching.state === 'succeeded' ? (
                  <Suggested key={matching.matching_id} matching={matching} />
                ) : (
                  <MatchingProgress matching={matching} />
                )}
                <Which matching={matching} list={items} onChoose={choose}>
                  <Start projectId={projectId} />
                </Which>
              </>
            )}
          </Loaded>
        )
      }
    </Loaded>
  );
}

/** The step *Mapping* of a project. */
export default function Mapping() {
  return <Workspace step="mapping">{({ project_id }) => <Body key={project_id} projectId={project_id} />}</Workspace>;
}
