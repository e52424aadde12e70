import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { MiniHistogram, ShareList } from '@/components/mini-chart';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { tailsOf } from '../data/tails';
import { Part } from './part';
import { Quantiles } from './quantiles';
import { useBars, usePatterns, useTopValues } from './use-charts';

type Profile = Schema<'ColumnProfile'>;

function Histogram({ profile }: { profile: Profile }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const bars = useBars(profile);
  const first = profile.histogram[0];
  const last = profile.histogram.at(-1);
  if (!first || !last) return null;
  const tails = tailsOf(profile.histogram);
  return (
    <Part title={t('chart.spread')}>
      <Box dir="ltr">
        <MiniHistogram label={t('chart.histogram', { column: profile.name })} bars={bars} width="100%" height={96} />
        <Box
          sx={{
            display: 'flex',
            justifyContent: 'space-between',
            color: 'text.secondary',
            fontSize: '0.8571rem',
            gap: 4,
          }}
        >
          <code>{first.low}</code>
          <code>{last.high}</code>
        </Box>
      </Box>
      {tails.map(({ low, high, count }) => (
        <Box key={low} sx={{ color: 'text.secondary', fontSize: '0.9286rem' }}>
          {t('chart.tail', { low, high, number: format.number(count) })}
        </Box>
      ))}
    </Part>
  );
}

/** Histogram, quantiles, frequent values and patterns, with the rows that they come from. */
export function ColumnCharts({ profile, sample }: { profile: Profile; sample: Schema<'SampleProfile'> }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const top = useTopValues(profile);
  const patterns = usePatterns(profile);
  const frequent = top.length > 0;
  if (profile.histogram.length === 0 && profile.quantiles.length === 0 && !frequent && patterns.length === 0)
    return null;
  return (
    <>
      <Histogram profile={profile} />
      {profile.quantiles.length > 0 && <Quantiles profile={profile} />}
      {frequent && (
        <Part title={t('chart.top')}>
          <ShareList label={t('chart.top')} items={top} />
        </Part>
      )}
      {patterns.length > 0 && (
        <Part title={t('chart.patterns')}>
          <ShareList label={t('chart.patterns')} items={patterns} />
          <Box sx={{ color: 'text.secondary', mt: 2, fontSize: '0.9286rem' }}>{t('chart.patternsHint')}</Box>
        </Part>
      )}
      <Box sx={{ color: 'text.secondary', fontSize: '0.9286rem' }}>
        {sample.basis === 'all_rows'
          ? t('sample.all')
          : t('sample.some', { rows: format.number(sample.rows), error: format.percent(sample.error, 2) })}
      </Box>
    </>
  );
}
