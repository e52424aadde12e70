import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Panel } from '@/components/panel';
import { TextDiff } from '@/components/text-diff';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';

type Version = Schema<'SuiteVersionView'>;
const PATH = '/api/v1/suites/{suite_id}';

function Restore({ suite, version }: { suite: Schema<'SuiteTextView'>; version: Version }) {
  const { t } = useTranslation('validation');
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['get', PATH] });
  const { mutate, isPending, error } = $api.useMutation('put', PATH, {
    onSuccess: async () => {
      await refresh();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/suites/{suite_id}/versions'] });
    },
  });
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        loading={isPending}
        onClick={() => {
          const params = { path: { suite_id: suite.suite_id }, header: ifMatch(suite.version) };
          mutate({ params, body: { text: version.text } });
        }}
      >
        {t('versions.restore')}
      </Button>
      <ErrorNote error={error} reload={() => void refresh()} />
    </>
  );
}

interface Props {
  suite: Schema<'SuiteTextView'>;
  version: Version;
  before: Version | undefined;
}

/** One version: what it changed, its whole text, and the way back to it. */
export function VersionView({ suite, version, before }: Props) {
  const { t } = useTranslation('validation');
  const mayWrite = useMay()('suites.write');
  const present = version.text === suite.text;
  return (
    <Panel
      title={t('version', { number: version.number })}
      actions={mayWrite && !present && <Restore suite={suite} version={version} />}
    >
      {before && (
        <Box sx={{ mb: 4 }}>
          <TextDiff label={t('versions.changes')} from={before.text} to={version.text} />
        </Box>
      )}
      <Box component="details" open={!before}>
        <Box component="summary" sx={{ cursor: 'pointer', color: 'text.secondary', mb: 2 }}>
          {t('versions.whole')}
        </Box>
        <Box component="pre" dir="ltr" tabIndex={0} sx={{ m: 0, overflow: 'auto', maxHeight: '60vh' }}>
          {version.text}
        </Box>
      </Box>
    </Panel>
  );
}
