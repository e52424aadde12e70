import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Empty } from '@/components/empty';
import { ButtonLink } from '@/components/button-link';
import { useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { EmptySuiteForm } from '../components/empty-suite-form';
import { Frame } from '../components/frame';
import { ProposeForm } from '../components/propose-form';
import { Ways } from '../components/ways';
import { stepPath } from '../live/paths';
import { useConnections } from '../live/use-connections';

/** A new suite: of what the data show, or from nothing. */
export default function NewSuite() {
  const { t } = useTranslation('validation');
  const { projectId = '' } = useParams();
  const { values, set } = useFilters(['how']);
  const { query } = useConnections();
  const byHand = values.how === 'empty';
  return (
    <Frame title={t('new.title')}>
      <Box sx={{ mb: 3 }}>
        <Link to={stepPath(projectId)} variant="body2">
          {t('allSuites')}
        </Link>
      </Box>
      <Panel title={t('new.title')}>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                action={
                  <ButtonLink to="/connections/new" variant="contained">
                    {t('new.addConnection')}
                  </ButtonLink>
                }
              >
                {t('new.noConnection')}
              </Empty>
            ) : (
              <Box sx={{ maxWidth: 640 }}>
                <Ways
                  empty={byHand}
                  onChange={(empty) => {
                    set({ how: empty ? 'empty' : '' });
                  }}
                />
                {byHand ? (
                  <EmptySuiteForm projectId={projectId} connections={items} />
                ) : (
                  <ProposeForm projectId={projectId} connections={items} />
                )}
              </Box>
            )
          }
        </Loaded>
      </Panel>
    </Frame>
  );
}
