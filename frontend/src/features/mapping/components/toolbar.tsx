import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Filter } from '@/components/filter';
import type { Filters } from '../data/use-view';
import { SORTS, STATES, type Counts } from '../model/filters';
import type { TablePair } from '../model/suggestion';

interface Props {
  pairs: readonly TablePair[];
  counts: ReadonlyMap<number, Counts>;
  values: Filters;
  onChange: (changes: Filters) => void;
}

/** Search, state, tables and order of what stands below. */
export function Toolbar({ pairs, counts, values, onChange }: Props) {
  const { t } = useTranslation('mapping');
  const none = { value: '', label: t('any') };
  const change = (name: keyof Filters) => (value: string) => {
    onChange({ [name]: value });
  };
  const nameOf = ({ number, source_table, target_table }: TablePair) => {
    const open = counts.get(number)?.open ?? 0;
    return open > 0
      ? t('pairLeft', { source: source_table, target: target_table, count: open })
      : t('pairDone', { source: source_table, target: target_table });
  };
  return (
    <Box sx={{ '& select': { maxWidth: '22ch' } }}>
      <Filter
        search={{ label: t('search'), value: values.q, onChange: change('q') }}
        choices={[
          ...(pairs.length > 1
            ? [
                {
                  name: 'pair',
                  label: t('tables'),
                  value: values.pair,
                  onChange: change('pair'),
                  options: [
                    { value: '', label: t('allTables') },
                    ...pairs.map((pair) => ({ value: String(pair.number), label: nameOf(pair) })),
                  ],
                },
              ]
            : []),
          {
            name: 'state',
            label: t('show'),
            value: values.state,
            onChange: change('state'),
            options: [none, ...STATES.map((state) => ({ value: state, label: t(`filter.${state}`) }))],
          },
          {
            name: 'sort',
            label: t('sort'),
            value: values.sort,
            onChange: (sort) => {
              onChange({ sort: sort === 'order' ? '' : sort });
            },
            options: SORTS.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) })),
          },
        ]}
      />
    </Box>
  );
}
