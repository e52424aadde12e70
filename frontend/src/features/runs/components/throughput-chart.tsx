import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { LineChart } from '@/components/line-chart';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Live } from '../live/progress-feed';

/** Rows a second since this page was opened. */
export function ThroughputChart({ live, running }: { live: Live; running: boolean }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const points = live.rates.map(({ seconds, rows }) => ({ x: seconds, y: rows }));
  const highest = Math.max(0, ...points.map(({ y }) => y));
  return (
    <Panel title={t('throughput')}>
      {points.length > 1 ? (
        <LineChart
          points={points}
          label={t('throughputText', {
            now: format.number(Math.round(points.at(-1)?.y ?? 0)),
            highest: format.number(Math.round(highest)),
          })}
          formatX={format.duration}
          formatY={format.short}
        />
      ) : (
        <Empty>{running ? t('throughputSoon') : t('throughputNone')}</Empty>
      )}
    </Panel>
  );
}
