import { useTranslation } from 'react-i18next';
import { Figures } from '@/components/figures';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

/** A check run in numbers. */
export function CheckRunFigures({ run }: { run: Schema<'CheckRunView'> }) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const share = (value: number | null | undefined) =>
    value === undefined || value === null ? '–' : format.percent(value, 2);
  return (
    <Panel>
      <Figures
        items={[
          { label: t('counts.passed'), value: format.number(run.passed) },
          { label: t('counts.failed'), value: format.number(run.failed) },
          { label: t('counts.errors'), value: format.number(run.errors) },
          { label: t('counts.skipped'), value: format.number(run.skipped) },
          { label: t('quality'), value: share(run.quality) },
          { label: t('trend.pass_rate'), value: share(run.pass_rate) },
          { label: t('checkRun.took'), value: format.duration(run.seconds) },
        ]}
      />
    </Panel>
  );
}
