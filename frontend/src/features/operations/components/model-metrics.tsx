import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { MiniHistogram } from '@/components/mini-chart';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Metrics = Schema<'ModelMetrics'>;
type Figure = keyof Schema<'ModelFigures'>;
const FIGURES: readonly Figure[] = [
  'log_loss',
  'brier',
  'calibration_error',
  'sure_right',
  'sure_share',
  'first_right',
  'separation',
];
const SHARES = new Set<Figure>(['calibration_error', 'sure_right', 'sure_share', 'first_right', 'separation']);

/** Confidences that it learned from, and how well it fits what was held out: before, and with it. */
export function ModelMetrics({ metrics }: { metrics: Metrics }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const value = (figure: Figure, number: number | null | undefined) => {
    if (number === undefined || number === null) return '–';
    return SHARES.has(figure) ? format.percent(number, 1) : format.number(Math.round(number * 1000) / 1000);
  };
  const columns: Column<Figure>[] = [
    { id: 'figure', header: t('models.figure'), cell: (figure) => t(`models.figures.${figure}`) },
    { id: 'before', header: t('models.before'), end: true, cell: (figure) => value(figure, metrics.before[figure]) },
    { id: 'after', header: t('models.after'), end: true, cell: (figure) => value(figure, metrics.after[figure]) },
  ];
  const bins = metrics.confidences.length;
  return (
    <Box sx={{ mt: 4 }}>
      <Typography variant="h3">{t('models.fit')}</Typography>
      <Typography color="textSecondary" sx={{ mb: 2 }}>
        {t('models.heldOut', { learned: format.number(metrics.learned_from), out: format.number(metrics.held_out) })}
      </Typography>
      <DataTable label={t('models.fit')} columns={columns} rows={FIGURES} rowKey={(figure) => figure} />
      <Typography variant="h3" sx={{ mt: 4, mb: 2 }}>
        {t('models.confidences')}
      </Typography>
      <MiniHistogram
        label={t('models.confidencesLabel', { share: format.percent(metrics.accepted) })}
        bars={metrics.confidences.map((size, at) => ({
          text: `${format.percent(at / bins)}–${format.percent((at + 1) / bins)}: ${format.number(size)}`,
          size,
        }))}
        width="100%"
        height={56}
      />
      <Typography color="textSecondary" variant="body2" sx={{ mt: 1 }}>
        {t('models.confidencesLabel', { share: format.percent(metrics.accepted) })}
      </Typography>
    </Box>
  );
}
