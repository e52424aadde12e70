import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { LineChart } from '@/components/line-chart';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Item = Schema<'SuiteMetricsItem'>;
type Measure = 'quality' | 'pass_rate';

const pointsOf = (items: readonly Item[], measure: Measure) =>
  items
    .flatMap((item) => {
      const y = item[measure];
      return y === undefined || y === null ? [] : [{ x: Date.parse(item.at), y }];
    })
    .sort((a, b) => a.x - b.x);

function Trend({ items, measure }: { items: readonly Item[]; measure: Measure }) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const points = pointsOf(items, measure);
  const last = points.at(-1);
  if (!last) return null;
  const now = format.percent(last.y, 2);
  return (
    <Panel title={t(`trend.${measure}`)}>
      <Box sx={{ mb: 3 }}>
        <Box component="span" sx={{ fontSize: '1.7rem', fontWeight: 600, marginInlineEnd: 2 }}>
          {now}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {t(`trend.${measure}Text`)}
        </Box>
      </Box>
      {points.length > 1 && (
        <LineChart
          label={t('trend.label', { name: t(`trend.${measure}`), count: points.length, now })}
          points={points}
          formatX={(x) => format.dateTime(x)}
          formatY={(y) => format.percent(y)}
        />
      )}
    </Panel>
  );
}

/** Quality and the share of checks that passed, run by run. */
export function SuiteTrend({ suiteId }: { suiteId: string }) {
  const { data } = $api.useQuery('get', '/api/v1/suites/{suite_id}/metrics', {
    params: { path: { suite_id: suiteId }, query: { limit: 100 } },
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Box
      sx={{ display: 'grid', gap: 5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' } }}
    >
      <Trend items={data.items} measure="quality" />
      <Trend items={data.items} measure="pass_rate" />
    </Box>
  );
}
