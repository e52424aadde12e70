import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { LineChart } from '@/components/line-chart';
import { Moment } from '@/components/moment';
import { $api } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { ResultStatus } from './result-status';

const LISTED = 6;

/** How a check went before: what was measured, as a line, and the last results. */
export function CheckHistory({ suiteId, name }: { suiteId: string; name: string }) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const { data } = $api.useQuery('get', '/api/v1/suites/{suite_id}/history', {
    params: { path: { suite_id: suiteId }, query: { check: name, limit: 50 } },
  });
  if (!data || data.items.length < 2) return null;
  const points = data.items
    .flatMap(({ at, measured }) =>
      measured === undefined || measured === null ? [] : [{ x: Date.parse(at), y: measured }],
    )
    .reverse();
  return (
    <Box sx={{ mt: 4 }}>
      <Typography variant="h3" sx={{ mb: 2 }}>
        {t('history.title')}
      </Typography>
      {points.length > 1 && (
        <LineChart
          label={t('history.label', { count: points.length })}
          points={points}
          formatX={(x) => format.dateTime(x)}
          formatY={(y) => format.short(y)}
          height={72}
        />
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, mt: 2, p: 0, display: 'grid', gap: 1 }}>
        {data.items.slice(0, LISTED).map((item) => (
          <Box component="li" key={item.check_run_id} sx={{ display: 'flex', gap: 3, justifyContent: 'space-between' }}>
            <ResultStatus check={item} />
            <span>{t('history.broken', { count: item.rows_broken })}</span>
            <Moment at={item.at} />
          </Box>
        ))}
      </Box>
    </Box>
  );
}
