import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { goodShare } from '../data/good-share';
import { DIMENSIONS } from '../data/dimensions';
import { Score } from './score';

type Summary = Schema<'QualitySummary'>;

function Dimension({ dimension, summary }: { dimension: Schema<'Dimension'>; summary: Summary }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const score = summary.scores.find((each) => each.dimension === dimension);
  const formula = summary.formulas[DIMENSIONS.indexOf(dimension)];
  const counted = score && score.of > 0;
  return (
    <Box component="li" sx={{ borderBlockStart: '1px solid', borderColor: 'divider', py: 3 }}>
      <Box sx={{ display: 'flex', alignItems: 'baseline', columnGap: 3, flexWrap: 'wrap' }}>
        <Box component="strong" sx={{ fontWeight: 600, flex: '1 1 auto' }}>
          {t(`dimension.${dimension}`)}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {counted
            ? t('quality.goodOf', { good: format.number(score.good), of: format.number(score.of) })
            : t('quality.notExamined')}
        </Box>
        <Box component="span" sx={{ minWidth: 110, textAlign: 'end' }}>
          <Score value={score?.score} />
        </Box>
      </Box>
      {formula && (
        <Box dir="auto" sx={{ mt: 1, color: 'text.secondary', fontSize: '0.9286rem' }}>
          {formula}
        </Box>
      )}
    </Box>
  );
}

/** The whole system's quality: the score, its dimensions, and how each is made. */
export function QualityOverall({ quality }: { quality: Summary }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const whole = quality.overall;
  const rest = quality.formulas.slice(DIMENSIONS.length);
  return (
    <Panel title={t('quality.title')}>
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 3, mb: 4, flexWrap: 'wrap' }}>
        <Box component="span" sx={{ fontSize: '2.2857rem', fontWeight: 620, lineHeight: 1.2 }}>
          {whole === undefined ? '–' : goodShare(format, whole)}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {t('quality.overall')}
        </Box>
      </Box>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {DIMENSIONS.map((dimension) => (
          <Dimension key={dimension} dimension={dimension} summary={quality} />
        ))}
      </Box>
      {rest.map((formula) => (
        <Box key={formula} dir="auto" sx={{ color: 'text.secondary', fontSize: '0.9286rem', mt: 2 }}>
          {formula}
        </Box>
      ))}
    </Panel>
  );
}
