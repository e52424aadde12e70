import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Moment } from '@/components/moment';
import { SelectField } from '@/components/select-field';
import { useFormat } from '@/lib/format/use-format';
import { isolated } from '@/lib/text/isolated';
import type { AnalysisContext } from '../data/context';
import { AnalysisState } from './analysis-state';

/** Long names do not make the page wider than it is. */
const fitting = { '& > div': { maxWidth: '100%' }, '& select': { minWidth: 0, flex: '0 1 auto' } };

/** Which analysis the pages are about: it stands in the address. */
export function AnalysisChoice({ analyses, chosen }: AnalysisContext) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  if (!chosen) return null;
  const options = analyses.map(({ analysis_id, name, created_at }) => ({
    value: analysis_id,
    label: t('choice.one', { name: isolated(name), when: isolated(format.dateTime(created_at)) }),
  }));
  const choose = (analysis: string) => {
    const next = new URLSearchParams(search);
    next.set('analysis', analysis);
    setSearch(next);
  };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 2, alignItems: 'center', mb: 3, ...fitting }}>
      <SelectField inline label={t('choice.label')} value={chosen.analysis_id} onChange={choose} options={options} />
      <AnalysisState analysis={chosen} />
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {chosen.options.full ? t('depth.full') : t('depth.sample')}
        {' · '}
        <Moment at={chosen.finished_at ?? chosen.created_at} />
      </Box>
    </Box>
  );
}
