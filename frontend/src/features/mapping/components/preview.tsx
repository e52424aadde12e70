import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Arrow } from '@/components/arrow';
import { ErrorNote } from '@/components/error-note';
import { Lines } from '@/components/loaded';
import { Note } from '@/components/note';
import { Status, type Look } from '@/components/status';
import { client, type Schema } from '@/lib/api/client';
import { changesOf, samplePlan, type Change } from '../model/sample-plan';
import { sourcesOf, targetOf, type Shown, type TablePair } from '../model/suggestion';

const ROWS = 200;
const LISTED = 8;
const FRESH_MS = 5 * 60_000;
const LOOKS: Record<Change['outcome'], Look> = {
  unchanged: 'plain',
  altered: 'undone',
  rejected: 'bad',
  filtered: 'off',
};

interface Props {
  one: Shown;
  pair: TablePair;
  matching: Schema<'MatchingView'>;
  asked: boolean;
  onAsk: () => void;
}

function useSample({ one, pair, matching, asked }: Props) {
  const text = samplePlan(one, pair, matching);
  const query = useQuery({
    queryKey: ['mapping', 'sample', matching.project_id, text],
    enabled: asked && text !== undefined,
    staleTime: FRESH_MS,
    retry: false,
    queryFn: async () => {
      const { data } = await client.POST('/api/v1/projects/{project_id}/plans/sample', {
        params: { path: { project_id: matching.project_id } },
        body: { text: text ?? '', table: pair.source_table, rows: ROWS },
      });
      return data ?? null;
    },
  });
  return { possible: text !== undefined, query };
}

function Values({ sample, one }: { sample: Schema<'PlanSampleView'>; one: Shown }) {
  const { t } = useTranslation('mapping');
  const names = [...new Set([...sourcesOf(one), ...(one.transformation?.sources ?? [])])];
  const changes = changesOf(sample.rows, names, targetOf(one) ?? '');
  const { read, altered, rejected } = sample.counts;
  return (
    <>
      <Box role="status" sx={{ mb: 1.5, color: 'text.secondary' }}>
        {t('preview.counts', { read, altered, rejected })}
      </Box>
      {sample.values_hidden && <Note tone="info">{t('preview.hidden')}</Note>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {changes.slice(0, LISTED).map(({ before, after, outcome, why }) => (
          <Box
            component="li"
            key={before}
            sx={{ display: 'flex', columnGap: 2, flexWrap: 'wrap', alignItems: 'baseline' }}
          >
            <Box component="code" dir="auto" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {before}
            </Box>
            <Arrow />
            <Box component="code" dir="auto" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {after === undefined ? '–' : (after ?? 'NULL')}
            </Box>
            {outcome !== 'unchanged' && <Status look={LOOKS[outcome]}>{t(`preview.${outcome}`)}</Status>}
            {why && (
              <Box component="span" dir="auto" sx={{ color: 'text.secondary', flexBasis: '100%' }}>
                {why}
              </Box>
            )}
          </Box>
        ))}
      </Box>
    </>
  );
}

/** Real values before and after, when asked for: nothing is written, and the source is not read at each step. */
export function Preview(props: Props) {
  const { one, asked, onAsk } = props;
  const { t } = useTranslation('mapping');
  const { possible, query } = useSample(props);
  if (!possible) return null;
  return (
    <Box sx={{ mt: 5 }}>
      {!asked && (
        <Button variant="outlined" size="small" onClick={onAsk}>
          {t('preview.show')}
          <Box component="kbd" aria-hidden sx={{ marginInlineStart: 2, opacity: 0.75, font: 'inherit' }}>
            p
          </Box>
        </Button>
      )}
      {asked && query.isLoading && <Lines count={3} />}
      {asked && <ErrorNote error={query.error} />}
      {asked && query.data && <Values sample={query.data} one={one} />}
    </Box>
  );
}
