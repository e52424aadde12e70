import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useFilters } from '@/components/filter';
import { Loaded } from '@/components/loaded';
import { $api, type Schema } from '@/lib/api/client';
import { SuiteFrame } from '../components/suite-frame';
import { VersionList } from '../components/version-list';
import { VersionView } from '../components/version-view';

function Versions({ suite }: { suite: Schema<'SuiteTextView'> }) {
  const { t } = useTranslation('validation');
  const { values } = useFilters(['version']);
  const query = $api.useQuery('get', '/api/v1/suites/{suite_id}/versions', {
    params: { path: { suite_id: suite.suite_id }, query: { limit: 100 } },
  });
  return (
    <Loaded query={query}>
      {({ items }) => {
        const chosen = items.find(({ number }) => String(number) === values.version) ?? items[0];
        const before = items.find(({ number }) => number === (chosen?.number ?? 0) - 1);
        return (
          <Box
            sx={{
              display: 'grid',
              gap: 5,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(220px, 320px) minmax(0, 1fr)' },
            }}
          >
            <VersionList versions={items} chosen={chosen?.number} />
            {chosen ? (
              <VersionView key={chosen.number} suite={suite} version={chosen} before={before} />
            ) : (
              t('versions.none')
            )}
          </Box>
        );
      }}
    </Loaded>
  );
}

/** A suite's texts as they were: who changed what, and the way back. */
export default function SuiteVersions() {
  return <SuiteFrame>{(suite) => <Versions suite={suite} />}</SuiteFrame>;
}
